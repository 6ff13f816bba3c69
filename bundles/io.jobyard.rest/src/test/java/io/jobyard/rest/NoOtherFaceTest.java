// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** No answer tells to type a command of the shell: whoever asks by HTTP has none. */
class NoOtherFaceTest {

    private static final String SHELL = "job:[a-z]";

    @Test
    void noAnswerNamesTheShell() {
        try (RestFixture host = new RestFixture()) {
            RouteExamples examples = new RouteExamples(host);
            host.server.as(Caller.user("ann"));
            List<String> answers = new ArrayList<>();
            for (Route route : RestFixture.routes()) {
                for (Function<String, RouteExamples.Example> example : examples.of(route)) {
                    RouteExamples.Example request = example.apply("ann");
                    answers.add(text(host, route, request.path(), request.body()));
                    answers.add(text(host, route, request.path(), request.body())); // mostly a conflict now
                }
                String gone = route.path()
                        .replace("{id}", new UUID(1, 2).toString())
                        .replace("{number}", "99")
                        .replaceAll("\\{[a-z]+}", "nothing");
                answers.add(text(host, route, gone, route.operation().hasBody() ? "{}" : null));
            }
            assertThat(answers).hasSizeGreaterThan(100).noneMatch(answer -> answer.matches("(?s).*" + SHELL + ".*"));
            assertThat(host.server.get("/openapi.json").http().body()).doesNotContainPattern(SHELL);
        }
    }

    private static String text(RestFixture host, Route route, String path, String body) {
        RestServer.Answered answer = host.server.send(route.method(), path, body);
        assertThat(answer.status()).as(route.name() + ": " + answer.json()).isLessThan(500);
        return answer.http().body();
    }
}
