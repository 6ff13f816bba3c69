// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import static io.jobyard.handler.llm.agent.AgentFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.handler.llm.chat.ModelCallBounds;
import io.jobyard.handler.llm.chat.ModelFixture;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgentEstimatorTest {

    @RegisterExtension
    final AgentFixture agents = new AgentFixture();

    @Test
    void theFirstTurnIsExpectedToBeAsLongAsItMayBe() {
        ModelServer server = agents.serve(call -> Turn.text("3"), "max.tokens", "1000");
        try (TestHost host = agents.host()) {
            host.submit(task()).await();
        }
        Charge first = server.account().charges().get(0);
        assertThat(estimate(task("maxTurns", 7)))
                .isEqualTo(Map.of(
                        "calls",
                        1.0,
                        "requests",
                        1.0,
                        "tokens",
                        first.inputTokens() + 1_000.0,
                        "usd",
                        (first.inputTokens() * 2 + 8_000) / 1e6));
    }

    @Test
    void noMoreThanItsOwnBoundsLetThrough() {
        agents.serve(call -> Turn.text("3"), "max.tokens", "1000");
        assertThat(estimate(task("maxTokens", 900, "maxCost", 0.002)))
                .containsEntry("tokens", 900.0)
                .containsEntry("usd", 0.002);
        assertThat(estimate(task("maxTokens", 1_000_000, "maxCost", 1_000))).isEqualTo(estimate(task()));
    }

    @Test
    void aToolThatIsNotHereCountsNothing() {
        agents.serve(call -> Turn.text("3"));
        double with = estimate(task()).get("tokens");
        assertThat(estimate(task("tools", List.of("add", "other")))).containsEntry("tokens", with);
        assertThat(estimate(task("tools", List.of())).get("tokens")).isLessThan(with);
    }

    @Test
    void whatNobodyServesIsNotEstimated() {
        assertThat(estimate(task())).isEmpty();
    }

    private Map<String, Double> estimate(Map<String, Object> payload) {
        ModelCallBounds bounds = new ModelCallBounds(agents.models.endpoints, ModelFixture.TOKENIZER);
        return new AgentEstimator(bounds, agents.registry).estimate(payload);
    }
}
