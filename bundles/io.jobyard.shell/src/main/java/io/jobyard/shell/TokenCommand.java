// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.views.api.TokenView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:token",
        sortOptions = false,
        description = "Create, list or revoke tokens, with which programs act as a user.",
        customSynopsis = {
            "job:token create NAME --user USER [--permissions P,P] [--expires D]",
            "       job:token revoke NAME --user USER",
            "       job:token list [--user USER]"
        })
final class TokenCommand extends UserCommand {

    static final List<String> WHAT = List.of("create", "revoke", "list");

    private static final String NEVER = "never";

    @Parameters(index = "0", paramLabel = "VERB", description = "create, revoke or list.")
    String what = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Token name, of the characters A-Z a-z 0-9 . _ -; the audit and histories show it.")
    @Nullable
    String name;

    @Option(names = "--user", paramLabel = "USER", description = "User as whom the token acts.")
    @Nullable
    String owner;

    @Option(
            names = "--permissions",
            paramLabel = "P,P",
            description =
                    "With create: the token's permissions, for example submit,view (default: all permissions of the"
                            + " user).")
    @Nullable
    String permissions;

    @Option(
            names = "--expires",
            paramLabel = "D",
            description = "With create: time until the token expires, for example 30d, or never (default 90d).")
    String expires = "90d";

    @Override
    Answer answer(CommandUser user) {
        Identities identities = user.host().identities();
        Caller caller = user.caller();
        return switch (what) {
            case "create" -> {
                NewToken made = identities.createToken(caller, owner(caller), name(), permissions(), life());
                yield Answer.of(TokenView.NEW_TOKEN, made, TokenCommand::print);
            }
            case "revoke" -> {
                String whose = owner(caller);
                identities.revokeToken(caller, whose, name());
                yield Answer.of(
                        TokenView.REVOKED,
                        new TokenView.Revoked(whose, name()),
                        "token " + name() + " of " + whose + " revoked");
            }
            case "list" -> {
                Instant now = user.now();
                yield Answer.of(
                        TokenView.TOKENS,
                        identities.tokens(caller, owner),
                        (tokens, screen) -> print(tokens, now, screen));
            }
            default -> throw UsageException.verb(what, "a token", WHAT);
        };
    }

    private String name() {
        if (name == null) {
            throw new UsageException("missing token: job:token " + what + " NAME --user USER");
        }
        return name;
    }

    private String owner(Caller caller) {
        if (owner != null) {
            return owner;
        } else if (caller.kind() == Caller.CallerKind.USER) {
            return caller.name();
        }
        throw new UsageException("missing user: --user USER");
    }

    private @Nullable Set<Permission> permissions() {
        try {
            return permissions == null ? null : Permission.parse(permissions);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--permissions '" + permissions + "' is invalid: " + e.getMessage());
        }
    }

    private @Nullable Duration life() {
        return expires.equals(NEVER) ? null : TimeOptions.duration("--expires", expires);
    }

    private static void print(NewToken made, Screen screen) {
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

    private static void print(List<StoredToken> tokens, Instant now, Screen screen) {
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
