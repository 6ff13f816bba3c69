// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.shell.Form.FormCall;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.views.api.TokenView.Revoked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates, lists and revokes tokens. */
final class TokenCommand {

    private static final String NAME = "NAME";
    private static final String USER = "--user";

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "token", "Create, list or revoke tokens, with which programs act as a user.")
            .form(Form.of("createToken", TokenCommand::created).at("create").named("name", NAME))
            .form(Form.of("revokeToken", TokenCommand::revoked)
                    .at("revoke")
                    .named("user", USER)
                    .after(TokenCommand::withOwner))
            .form(new Form("listTokens", TokenCommand::list).at("list"));

    private TokenCommand() {}

    /** Adds the caller as the owner of the token. */
    private static void withOwner(Map<String, @Nullable Object> values, CommandUser user) {
        if (user.caller().kind() == Caller.CallerKind.USER) {
            values.putIfAbsent("user", user.caller().name());
        }
    }

    private static void revoked(Revoked token, Screen screen) {
        screen.line("token " + token.name() + " of " + token.user() + " revoked");
    }

    private static void created(NewToken made, Screen screen) {
        StoredToken token = made.token();
        screen.line("token " + token.name() + " acts as user " + token.owner() + ", permissions: " + goodFor(token)
                + (token.life().expiresAt() == null
                        ? ""
                        : ", until " + JobText.time(token.life().expiresAt())));
        screen.line(made.secret());
        screen.line("send it in the header Authorization: Bearer; it is not shown again");
    }

    private static String goodFor(StoredToken token) {
        return token.permissions() == null
                ? "all of the user's"
                : token.permissions().stream().sorted().map(Permission::text).collect(Collectors.joining(", "));
    }

    private static void list(List<StoredToken> tokens, FormCall call, Screen screen) {
        Instant now = call.call().now();
        if (tokens.isEmpty()) {
            screen.line("no tokens; job:token create NAME --user USER creates one");
            return;
        }
        Table table = new Table("USER", "NAME", "GOOD FOR", "MADE", "LAST USED", "UNTIL");
        tokens.forEach(token -> table.row(
                token.owner(),
                token.name(),
                goodFor(token),
                JobText.time(token.createdAt()),
                token.life().usedAt() == null
                        ? "never"
                        : JobText.time(token.life().usedAt()),
                until(token, now)));
        table.print(screen);
    }

    private static String until(StoredToken token, Instant now) {
        if (token.life().revokedAt() != null) {
            return "revoked " + JobText.time(token.life().revokedAt());
        } else if (token.life().expiresAt() == null) {
            return "never expires";
        }
        return (token.isFinished(now) ? "expired " : "")
                + JobText.time(token.life().expiresAt());
    }
}
