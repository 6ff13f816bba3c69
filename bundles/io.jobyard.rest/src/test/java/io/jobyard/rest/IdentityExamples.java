// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.access.IdentitiesFixture;
import io.jobyard.rest.RouteExamples.Example;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Good requests for the routes of users, tokens and sessions. */
final class IdentityExamples {

    private final IdentitiesFixture identities;
    private final AtomicInteger made;
    private final BiConsumer<String, Function<String, Example>> add;

    IdentityExamples(
            IdentitiesFixture identities, AtomicInteger made, BiConsumer<String, Function<String, Example>> add) {
        this.identities = identities;
        this.made = made;
        this.add = add;
        users();
        signIns();
    }

    private void users() {
        add.accept("listUsers", owner -> new Example("/users", null));
        add.accept(
                "addUser",
                owner -> new Example(
                        "/users",
                        "{\"name\": \"u" + made.incrementAndGet() + "\", \"password\": \"four words of mine\"}"));
        add.accept(
                "setPassword",
                owner -> new Example("/users/" + user() + "/password", "{\"password\": \"four other words\"}"));
        add.accept("disableUser", owner -> new Example("/users/" + user() + "/disable", null));
        add.accept("enableUser", owner -> {
            String name = user();
            identities.service.disable(Caller.administrator("root"), name);
            return new Example("/users/" + name + "/enable", null);
        });
    }

    private String user() {
        return identities.addUser("u" + made.incrementAndGet());
    }

    private void signIns() {
        add.accept("listTokens", owner -> new Example("/tokens?user=" + owner, null));
        add.accept(
                "createToken",
                owner -> new Example(
                        "/tokens",
                        "{\"name\": \"t" + made.incrementAndGet() + "\", \"user\": \"" + owner
                                + "\", \"permissions\": [\"view\"], \"expires\": \"30d\"}",
                        Permission.VIEW)); // a token makes none that is good for more
        add.accept("revokeToken", owner -> {
            String name = "t" + made.incrementAndGet();
            identities.addToken(owner, name);
            return new Example("/tokens/" + owner + "/" + name, null);
        });
        add.accept("listSessions", owner -> new Example("/sessions", null));
        add.accept(
                "revokeSession",
                owner -> new Example("/sessions/" + identities.addSession(owner, made.incrementAndGet()), null));
    }
}
