// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.identity.UserStatus;
import io.jobyard.views.api.UserView;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Users that may sign in. */
final class UserRoutes {

    private static final RequestBody PASSWORD =
            RequestBody.of("password").must("password", ValueKind.TEXT, "the password, of 12 to 200 characters");

    static final List<Route> ALL = List.of(
            Route.get("/users", "listUsers")
                    .says("The users that may sign in, and the roles that list them.")
                    .needs(AccessRule.USERS)
                    .answers(200, UserView.USERS)
                    .by(request ->
                            Reply.of(UserView.USERS, request.host().identities.users(request.caller()))),
            Route.post("/users", "addUser")
                    .says("Add a user, who may do what the roles say that list the name.")
                    .needs(AccessRule.USERS)
                    .notOnce(RequestGuard.HAS_PASSWORD)
                    .takes(PASSWORD.named("user").must("name", ValueKind.TEXT, "the name"))
                    .answers(201, UserView.USER)
                    .by(request -> {
                        RestBody body = request.body();
                        return withPassword(
                                        body,
                                        password -> request.host()
                                                .identities
                                                .addUser(request.caller(), body.needed("name"), password))
                                .status(201)
                                .header("Location", RestServlet.ROOT + "/users");
                    }),
            on("password", "setPassword", "Give a user another password. The user's sessions end.")
                    .takes(PASSWORD)
                    .notOnce(RequestGuard.HAS_PASSWORD)
                    .by(request -> withPassword(
                            request.body(),
                            password -> request.host()
                                    .identities
                                    .setPassword(request.caller(), request.path("name"), password))),
            on("disable", "disableUser", "Keep a user out: sessions end, and tokens are refused.")
                    .by(request -> Reply.of(
                            UserView.USER, request.host().identities.disable(request.caller(), request.path("name")))),
            on("enable", "enableUser", "Let a user in again; tokens that are not over are good again.")
                    .by(request -> Reply.of(
                            UserView.USER, request.host().identities.enable(request.caller(), request.path("name")))));

    private UserRoutes() {}

    private static Route on(String verb, String name, String summary) {
        return Route.post("/users/{name}/" + verb, name)
                .says(summary)
                .needs(AccessRule.USERS)
                .answers(200, UserView.USER);
    }

    private static Reply withPassword(RestBody body, Function<char[], UserStatus> change) {
        char[] password = body.needed("password").toCharArray();
        try {
            return Reply.of(UserView.USER, change.apply(password));
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
