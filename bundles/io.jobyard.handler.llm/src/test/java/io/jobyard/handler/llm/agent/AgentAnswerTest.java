// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import static io.jobyard.handler.llm.agent.AgentFixture.ADD;
import static io.jobyard.handler.llm.agent.AgentFixture.task;
import static io.jobyard.handler.llm.agent.AgentFixture.turns;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentAnswerTest {

    private static final Map<String, Object> TOTAL = Map.of(
            "type", "object",
            "properties", Map.of("total", Map.of("type", "integer")),
            "required", List.of("total"));

    @RegisterExtension
    final AgentFixture agents = new AgentFixture();

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void withoutToolsTheSchemaIsInForceFromTheFirstTurn(String wire) {
        agents.serve(turns(Turn.text("{\"total\": 3}")), "wire", wire);
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(Map.of("model", "m", "task", "Add it up", "responseSchema", TOTAL))
                    .await();
            assertThat(job.result()).containsEntry("json", Map.of("total", 3)).containsEntry("turns", 1);
        }
    }

    @Test
    void withToolsTheModelIsToldOfTheSchema() {
        StringBuilder system = new StringBuilder();
        agents.serve(call -> {
            system.append(call.body().at("/messages/0/content").asText());
            return AgentFixture.turn(call) == 1 ? Turn.tool("add", ADD) : Turn.text("{\"total\": 3}");
        });
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task("responseSchema", TOTAL, "system", "Be brief."))
                    .await();
            assertThat(job.result()).containsEntry("json", Map.of("total", 3)).containsEntry("turns", 2);
            assertThat(system).startsWith("Be brief.\n\n").contains("\"total\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anAnswerThatDoesNotFitIsAskedForOnceMoreWithTheSchemaInForce(String wire) {
        agents.serve(
                turns(Turn.tool("add", ADD), Turn.text("It is three."), Turn.text("{\"total\": 3}")), "wire", wire);
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task("responseSchema", TOTAL)).await();

            assertThat(job.result())
                    .containsEntry("json", Map.of("total", 3))
                    .containsEntry("turns", 3)
                    .containsEntry("stopped", "done");
            assertThat(job.log())
                    .containsExactly(
                            "the answer does not match responseSchema (it is not JSON); asking the model again");
        }
    }

    @Test
    void aSecondAnswerThatFitsNoBetterFailsTheJobForGood() {
        agents.serve(turns(Turn.text("{\"total\": \"three\"}")));
        try (TestHost host = agents.host()) {
            assertThat(host.submit(task("responseSchema", TOTAL)).await().error())
                    .isEqualTo("the answer does not match responseSchema, even after a second request: at '/total':"
                            + " string found, integer expected");
        }
    }

    @Test
    void aBoundHoldsBeforeTheSecondAnswerToo() {
        ModelServer server = agents.serve(turns(Turn.text("three")));
        try (TestHost host = agents.host()) {
            TestJob job =
                    host.submit(task("responseSchema", TOTAL, "maxTurns", 1)).await();

            assertThat(job.result())
                    .containsEntry("stopped", "turns")
                    .containsEntry("text", "three")
                    .doesNotContainKey("json");
            assertThat(server.account().charges()).hasSize(1);
        }
    }
}
