// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.identity.UserStatus;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists, adds and changes the users who may sign in. */
final class AccountCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "user",
                    "Add, change or list the users who may sign in. A password is read from the terminal without echo,"
                            + " or from the first line of standard input. Roles with the member user:NAME determine a user's"
                            + " permissions.")
            .form(withPassword("addUser", "add", user -> "added; " + roles(user)))
            .form(withPassword("setPassword", "password", user -> "has a new password; all sessions ended"))
            .form(changed("disableUser", "disable", user -> "disabled; sessions ended, tokens refused"))
            .form(changed("enableUser", "enable", user -> "enabled; unexpired tokens are valid again"))
            .form(Form.of("listUsers", AccountCommand::print).at("list"));

    private AccountCommand() {}

    private static Form changed(String operation, String verb, Function<UserStatus, String> text) {
        return Form.of(
                        operation,
                        (UserStatus user, Screen screen) -> screen.line("user " + user.name() + " " + text.apply(user)))
                .at(verb)
                .named("name", "NAME");
    }

    private static Form withPassword(String operation, String verb, Function<UserStatus, String> text) {
        return changed(operation, verb, text).without("password").after((values, user) -> {
            if (values.containsKey("name")) {
                user.host()
                        .identities()
                        .users(user.caller()); // refuses an unauthorized user before asking for a password
                values.put("password", new String(PasswordLine.read(user.screen())));
            }
        });
    }

    private static String roles(UserStatus user) {
        return user.roles().isEmpty()
                ? "no role has this member, so the user has no permissions yet: write members = user:" + user.name()
                        + " into etc/io.jobyard.roles-NAME.cfg"
                : "roles: " + joined(user);
    }

    private static String joined(UserStatus user) {
        return user.roles().stream().sorted().collect(Collectors.joining(", "));
    }

    private static void print(List<UserStatus> users, Screen screen) {
        if (users.isEmpty()) {
            screen.line("no users; job:user add NAME adds one");
            return;
        }
        Table table = new Table("NAME", "ROLES", "ADDED", "PASSWORD SINCE", "DISABLED SINCE");
        users.forEach(user -> table.row(
                user.name(),
                user.roles().isEmpty() ? "none" : joined(user),
                JobText.time(user.createdAt()),
                JobText.time(user.passwordAt()),
                user.disabledAt() == null ? "" : JobText.time(user.disabledAt())));
        table.print(screen);
    }
}
