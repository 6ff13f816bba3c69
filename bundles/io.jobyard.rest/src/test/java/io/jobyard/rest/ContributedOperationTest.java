// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationProvider;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.views.api.View;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContributedOperationTest {

    private static final View<String> GREETING =
            View.<String>of("greeting", "A greeting.").text("greeting", "the words", words -> words);

    private static Operation greet(String path, String name, AccessRule... rules) {
        return Operation.get(path, name)
                .says("Greet somebody.")
                .needs(rules)
                .takes(Input.text("name", "the name").mandatory())
                .answers(200, GREETING)
                .by(call -> OperationResult.of(
                        GREETING,
                        "hello " + call.inputs().needed("name") + " from "
                                + call.caller().name()));
    }

    @Test
    void anOperationOfAnotherBundleComesAndGoesWithIt() {
        OperationProvider provider = () -> List.of(greet("/greetings", "greet", AccessRule.OVERVIEW));
        try (RestFixture host = new RestFixture()) {
            host.server.as(Caller.user("ann"));
            assertThat(host.server.get("/greetings?name=bea").status()).isEqualTo(404);
            host.operations.addProvider(provider);
            assertThat(host.server.get("/greetings?name=bea").json()).containsEntry("greeting", "hello bea from ann");
            assertThat(host.server.get("/greetings").json())
                    .containsEntry("code", "validation")
                    .containsEntry("field", "name")
                    .containsEntry("message", "missing name")
                    .containsEntry("fix", "give the name");
            assertThat(host.server.get("/openapi.json").http().body())
                    .contains("\"/api/v1/greetings\"", "Greet somebody.");
            host.operations.removeProvider(provider);
            assertThat(host.server.get("/greetings?name=bea").status()).isEqualTo(404);
            assertThat(host.server.get("/openapi.json").http().body()).doesNotContain("greetings");
        }
    }

    @Test
    void aNearNameIsSuggestedForAPathAScheduleAndAType() {
        try (RestFixture host = new RestFixture()) {
            host.operations.addProvider(() -> List.of(greet("/greetings", "greet", AccessRule.OVERVIEW)));
            assertThat(host.server.get("/greeting").json())
                    .containsEntry("code", "not_found")
                    .containsEntry("message", "path not found (did you mean '/greetings'?)")
                    .containsEntry("fix", "/openapi.json lists the paths");
            String job = "{\"type\": \"echo\", \"payload\": {}}";
            assertThat(host.server
                            .post("/schedules", "{\"name\": \"nightly\", \"every\": \"5m\", \"job\": " + job + "}")
                            .status())
                    .isEqualTo(201);
            assertThat(host.server.get("/schedules/nightli").json())
                    .containsEntry("code", "not_found")
                    .containsEntry("message", "unknown schedule nightli (did you mean 'nightly'?)");
            host.submit("ann", "echo");
            assertThat(host.server.get("/types/ecoh").json())
                    .containsEntry("code", "not_found")
                    .hasEntrySatisfying(
                            "message",
                            message -> assertThat(message.toString())
                                    .contains("unknown type ecoh (did you mean 'echo'?)"));
        }
    }

    @Test
    void itsRulesAreCheckedBeforeItsAction() {
        try (RestFixture host = new RestFixture()) {
            host.operations.addProvider(() -> List.of(greet("/greetings", "greet", AccessRule.DEFINE)));
            host.server.as(Caller.user("ann").by(new TokenScope("views", Set.of(Permission.VIEW))));
            assertThat(host.server.get("/greetings?name=bea").status()).isEqualTo(403);
        }
    }

    @Test
    void anOperationIsRefusedThatTakesTheNameOrAddressOfAnotherOrNamesNoRule() {
        try (RestFixture host = new RestFixture()) {
            int before = host.operations.all().size();
            host.operations.addProvider(() -> List.of(
                    greet("/jobs/{job}", "greet", AccessRule.OVERVIEW),
                    greet("/greetings", "getJob", AccessRule.OVERVIEW),
                    greet("/more", "greetAll")));
            assertThat(host.operations.all()).hasSize(before);
            assertThat(host.server.get("/jobs").json()).isNotEqualTo(Map.of());
        }
    }
}
