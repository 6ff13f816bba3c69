// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.views.api.Durations;
import io.jobyard.views.api.SessionView;
import io.jobyard.views.api.TokenView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens, by which programs ask for a user, and sessions of people. */
final class SignInRoutes {

    private static final String NEVER = "never";
    private static final Duration LIFE = Duration.ofDays(90);

    private static final RequestBody TOKEN = RequestBody.of("token")
            .must("name", ValueKind.TEXT, "what the token is called: of A-Z a-z 0-9 . _ -")
            .may("user", ValueKind.TEXT, "the user for whom it asks; the caller if left out")
            .may(
                    "permissions",
                    ValueKind.TEXTS,
                    "what it is good for, such as submit; all that its user may do if left out")
            .may("expires", ValueKind.TEXT, "after how long it is refused, such as 30d, or never; 90d if left out");

    static final List<Route> ALL = List.of(
            Route.get("/tokens", "listTokens")
                    .says("Tokens, also those that are over; never their secrets.")
                    .needs(AccessRule.SIGN_INS)
                    .may(QueryParameter.text("user", "whose; if left out, of all users that the caller may see"))
                    .answers(200, TokenView.TOKENS)
                    .by(request -> Reply.of(
                            TokenView.TOKENS,
                            request.host()
                                    .identities
                                    .tokens(request.caller(), request.query().text("user")))),
            Route.post("/tokens", "createToken")
                    .says("Make a token. Its secret is told this once.")
                    .needs(AccessRule.SIGN_INS)
                    .takes(TOKEN)
                    .notOnce(
                            "its answer has a secret, which is not kept; leave the header out, and revoke a token whose"
                                    + " secret did not arrive")
                    .answers(201, TokenView.NEW_TOKEN)
                    .by(SignInRoutes::create),
            Route.of("DELETE", "/tokens/{user}/{name}", "revokeToken")
                    .says("Revoke a token: it is refused from now on.")
                    .needs(AccessRule.SIGN_INS)
                    .answers(200, TokenView.REVOKED)
                    .by(SignInRoutes::revoke),
            Route.get("/sessions", "listSessions")
                    .says("The sessions that are not over: the caller's, or all with the permission admin.")
                    .needs(AccessRule.SIGN_INS)
                    .answers(200, SessionView.SESSIONS)
                    .by(request -> Reply.of(
                            SessionView.SESSIONS, request.host().identities.sessions(request.caller()))),
            Route.of("DELETE", "/sessions/{id}", "revokeSession")
                    .says("End a session.")
                    .needs(AccessRule.SIGN_INS)
                    .answers(200, SessionView.SESSION)
                    .by(request -> Reply.of(
                            SessionView.SESSION,
                            request.host().identities.revokeSession(request.caller(), request.path("id")))));

    private SignInRoutes() {}

    private static Reply create(RestRequest request) throws IOException {
        RestBody body = request.body();
        return Reply.of(
                        TokenView.NEW_TOKEN,
                        request.host()
                                .identities
                                .createToken(
                                        request.caller(),
                                        owner(request.caller(), body.text("user")),
                                        body.needed("name"),
                                        body.has("permissions") ? permissions(body.texts("permissions")) : null,
                                        life(body.text("expires"))))
                .status(201)
                .header("Location", RestServlet.ROOT + "/tokens");
    }

    private static Reply revoke(RestRequest request) {
        String user = request.path("user");
        String name = request.path("name");
        request.host().identities.revokeToken(request.caller(), user, name);
        return Reply.of(TokenView.REVOKED, new TokenView.Revoked(user, name));
    }

    private static String owner(Caller caller, @Nullable String user) {
        if (user == null && caller.kind() != Caller.CallerKind.USER) {
            throw new ValidationException("user", "a token asks for a user, which " + caller + " is not; give user");
        }
        return user == null ? caller.name() : user;
    }

    private static Set<Permission> permissions(List<String> texts) {
        try {
            return texts.isEmpty() ? Set.of() : Permission.parse(String.join(",", texts));
        } catch (IllegalArgumentException e) {
            throw new ValidationException("permissions", "permissions has one that is not known; " + e.getMessage());
        }
    }

    private static @Nullable Duration life(@Nullable String expires) {
        if (expires == null) {
            return LIFE;
        }
        return expires.equals(NEVER) ? null : RestBody.in("expires", () -> Durations.parse("expires", expires));
    }
}
