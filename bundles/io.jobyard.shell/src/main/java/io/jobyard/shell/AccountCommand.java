// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.UserStatus;
import io.jobyard.views.api.UserView;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:user",
        sortOptions = false,
        description = "Add, change or list the users who may sign in. A password is read from the terminal without"
                + " echo, or from the first line of standard input. Roles with the member user:NAME determine a"
                + " user's permissions.",
        customSynopsis = {
            "job:user (add | password | disable | enable) NAME [--as USER] [--json]",
            "       job:user list [--as USER] [--json]"
        })
final class AccountCommand extends UserCommand {

    static final List<String> WHAT = List.of("add", "password", "disable", "enable", "list");

    private interface AccountAction {
        UserStatus make(char[] password);
    }

    @Parameters(index = "0", paramLabel = "VERB", description = "add, password, disable, enable or list.")
    String what = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "User name.")
    @Nullable
    String name;

    @Override
    Answer answer(CommandUser user) {
        Identities users = user.host().identities();
        Caller caller = user.caller();
        if (what.equals("list")) {
            return Answer.of(UserView.USERS, users.users(caller), AccountCommand::print);
        } else if (!WHAT.contains(what)) {
            throw UsageException.verb(what, "a user", WHAT);
        } else if (name == null) {
            throw new UsageException("missing user: job:user " + what + " NAME");
        }
        String which = name;
        return switch (what) {
            case "add" -> {
                users.users(caller); // refuses an unauthorized user before asking for a password
                UserStatus added = withPassword(user, password -> users.addUser(caller, which, password));
                yield told(added, "user " + which + " added; " + roles(added));
            }
            case "password" -> {
                users.users(caller);
                UserStatus changed = withPassword(user, password -> users.setPassword(caller, which, password));
                yield told(changed, "user " + which + " has a new password; all sessions ended");
            }
            case "disable" ->
                told(users.disable(caller, which), "user " + which + " disabled; sessions ended, tokens refused");
            default ->
                told(users.enable(caller, which), "user " + which + " enabled; unexpired tokens are valid again");
        };
    }

    private static UserStatus withPassword(CommandUser user, AccountAction change) {
        char[] password = PasswordLine.read(user.screen());
        try {
            return change.make(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Answer told(UserStatus user, String line) {
        return Answer.of(UserView.USER, user, line);
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
