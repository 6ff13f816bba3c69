// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.rest.RestServer.Answered;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.testkit.StoreContents;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route that changes something, by a user without each permission that it may take: what is refused is not done. */
class RefusedRoutesTest {

    static Stream<Arguments> routes() {
        return RestFixture.routes().stream()
                .filter(route -> !route.method().equals("GET"))
                .flatMap(route -> Stream.of("ann", "bea").map(owner -> Arguments.of(route.name(), owner, route)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("routes")
    void whatIsRefusedIsNotDone(String name, String owner, Route route) {
        Set<Permission> tried = route.operation().rules().stream()
                .flatMap(operation -> Stream.of(operation.needs(true), operation.needs(false)))
                .collect(Collectors.toCollection(() -> EnumSet.of(Permission.VIEW, Permission.IMPERSONATE)));
        try (RestFixture host = new RestFixture()) {
            for (Function<String, RouteExamples.Example> example : new RouteExamples(host).of(route)) {
                for (Permission missing : tried) {
                    RouteExamples.Example request = example.apply(owner);
                    awaitBackfills(host);
                    List<Object> before = StoreContents.of(host.store);
                    Answered answer = ask(host, route, request, missing);
                    if (answer.status() == 403) {
                        assertThat(StoreContents.of(host.store))
                                .as("%s without %s: %s", name, missing, answer.json())
                                .isEqualTo(before);
                    }
                }
            }
        }
    }

    /** A backfill that was allowed goes on by itself until it waits for its first job. */
    private static void awaitBackfills(RestFixture host) {
        Awaitility.await()
                .until(() -> host.store.schedules().schedules().stream()
                        .allMatch(each ->
                                each.backfill() == null || each.backfill().job() != null));
    }

    private static Answered ask(RestFixture host, Route route, RouteExamples.Example example, Permission missing) {
        Set<Permission> others = EnumSet.allOf(Permission.class);
        others.removeIf(other -> other == missing || other.text().equals(missing.text() + ":all"));
        host.server.as(Caller.user("ann").by(new TokenScope("test", others)));
        return host.server.send(route.method(), example.path(), example.body());
    }
}
