// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.rest.RestServer.Answered;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each route, for one's own and for others': with the permissions that the table says, and without each of them. */
class PermissionTableTest {

    private static RestFixture host;
    private static RouteExamples examples;

    @BeforeAll
    static void begin() {
        host = new RestFixture();
        examples = new RouteExamples(host);
    }

    @AfterAll
    static void end() {
        host.close();
    }

    static Stream<Arguments> cells() {
        return RestFixture.routes().stream()
                .flatMap(route -> Stream.of(true, false).map(own -> Arguments.of(route.name(), own, route)));
    }

    @ParameterizedTest(name = "{0}, own: {1}")
    @MethodSource("cells")
    void aRouteTakesWhatTheTableSays(String name, boolean own, Route route) {
        boolean ofJob = route.path().startsWith("/jobs/{id}")
                || route.path().startsWith("/groups/")
                || route.operation().rules().contains(AccessRule.SIGN_INS)
                        && !route.path().startsWith("/sessions") // others' are not there for who may not see them
                || route.path().startsWith("/schedules/{name}")
                        && route.operation().rules().contains(AccessRule.SCHEDULE);
        boolean isOwn = own || !ofJob;
        Set<Permission> needed = route.operation().rules().stream()
                .map(operation -> operation.needs(isOwn || operation == AccessRule.SUBMIT))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
        for (Function<String, RouteExamples.Example> example : examples.of(route)) {
            RouteExamples.Example request = example.apply(isOwn ? "ann" : "bea");
            Set<Permission> all = EnumSet.copyOf(needed.isEmpty() ? EnumSet.noneOf(Permission.class) : needed);
            all.addAll(List.of(request.more()));
            Answered with = ask(route, request, all);
            assertThat(with.status())
                    .as("with %s alone: %s", needed, with.json())
                    .isBetween(200, 299);
            for (Permission each : needed) {
                Set<Permission> others = EnumSet.allOf(Permission.class);
                others.removeIf(other -> other == each || other.text().equals(each.text() + ":all"));
                others.removeIf(other ->
                        other == Permission.ADMIN && route.operation().rules().contains(AccessRule.SIGN_INS));
                Answered without = ask(route, example.apply(isOwn ? "ann" : "bea"), others);
                assertThat(without.status())
                        .as("without %s: %s", each, without.json())
                        .isEqualTo(403);
            }
        }
    }

    private static Answered ask(Route route, RouteExamples.Example example, Set<Permission> permissions) {
        host.server.as(Caller.user("ann").by(new TokenScope("test", permissions)));
        return host.server.send(route.method(), example.path(), example.body());
    }
}
