// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import static io.jobyard.handler.llm.agent.AgentFixture.ADD;
import static io.jobyard.handler.llm.agent.AgentFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.modelserver.Charge;
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

class AgentBoundsTest {

    @RegisterExtension
    final AgentFixture agents = new AgentFixture();

    /** Asks for the same tool for ever. */
    private ModelServer serveForEver(String... keysAndValues) {
        return agents.serve(call -> Turn.tool("add", ADD), keysAndValues);
    }

    private static long tokens(ModelServer server) {
        Charge all = server.account().total(any -> true);
        return all.inputTokens() + all.outputTokens();
    }

    @Test
    void turnsEndTheSameToolForEver() {
        ModelServer server = serveForEver();
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task("maxTurns", 3)).await();

            assertThat(job.result()).containsEntry("stopped", "turns").containsEntry("turns", 3);
            assertThat(server.account().charges()).hasSize(3);
            assertThat(agents.add.calls).hasSize(2); // what the third turn asks for nobody would hear of
        }
    }

    @Test
    void anAnswerInTheLastTurnIsOne() {
        agents.serve(AgentFixture.turns(Turn.tool("add", ADD), Turn.text("3")));
        try (TestHost host = agents.host()) {
            assertThat(host.submit(task("maxTurns", 2)).await().result())
                    .containsEntry("stopped", "done")
                    .containsEntry("text", "3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void tokensAreNeverMoreThanTheBound(String wire) {
        ModelServer server = serveForEver("wire", wire);
        try (TestHost host = agents.host()) {
            TestJob one = host.submit(task("maxTurns", 1)).await();
            int ofOneTurn = (int) one.used("tokens");
            for (int bound : new int[] {ofOneTurn, ofOneTurn + 1, 5 * ofOneTurn}) {
                long before = tokens(server);
                TestJob job = host.submit(task("maxTokens", bound)).await();

                assertThat(job.result()).containsEntry("stopped", "tokens");
                assertThat(job.used("tokens"))
                        .isEqualTo(tokens(server) - before)
                        .isBetween((double) ofOneTurn, (double) bound);
                assertThat(agents.add.calls)
                        .hasSizeLessThanOrEqualTo((int) job.result().get("turns"));
                agents.add.calls.clear();
            }
        }
    }

    @Test
    void aPromptThatIsLongerThanTheBoundIsNotSent() {
        ModelServer server = serveForEver();
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task("maxTokens", 20)).await();

            assertThat(job.result())
                    .containsEntry("stopped", "tokens")
                    .containsEntry("turns", 0)
                    .containsEntry("text", "")
                    .doesNotContainKey("cost");
            assertThat(server.account().charges()).isEmpty();
        }
    }

    @Test
    void anAnswerIsNoLongerThanWhatIsLeft() {
        ModelServer server = agents.serve(call -> Turn.text("word".repeat(1)
                        + " word"
                                .repeat(call.body().get("max_completion_tokens").asInt() - 1))
                .finish("length"));
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task("maxTokens", 150)).await();
            assertThat(job.result()).containsEntry("stopped", "tokens").containsEntry("turns", 1);
            assertThat(job.used("tokens")).isEqualTo(150).isEqualTo(tokens(server));

            TestJob poor = host.submit(task("maxCost", 0.001)).await();
            assertThat(poor.result()).containsEntry("stopped", "cost").containsEntry("turns", 1);
            assertThat(poor.used("usd")).isBetween(0.001 - 8 / 1e6, 0.001);

            TestJob rich =
                    host.submit(task("maxTokens", 1_000_000, "maxCost", 1_000)).await();
            assertThat(rich.result()).containsEntry("stopped", "length");
        }
    }

    @Test
    void moneyIsNeverMoreThanTheBound() {
        ModelServer server = serveForEver();
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task("maxCost", 0.001, "maxTurns", 100)).await();

            Charge all = server.account().total(any -> true);
            assertThat(job.result()).containsEntry("stopped", "cost");
            assertThat(job.used("usd")).isLessThanOrEqualTo(0.001).isPositive();
            assertThat((all.inputTokens() * 2 + all.outputTokens() * 8) / 1e6).isLessThanOrEqualTo(0.001);
        }
    }

    @Test
    void moneyCannotBeBoundWhereNobodyHasSaidThePrice() {
        ModelServer server = serveForEver("fallbacks", "b");
        agents.models.endpoint("b", call -> Turn.text("never"), "price.m", "");
        try (TestHost host = agents.host()) {
            assertThat(host.submit(task("maxCost", 1)).await().error())
                    .isEqualTo("invalid maxCost: endpoint b has no price for m; set price.m in its"
                            + " configuration, or remove maxCost");
            assertThat(server.account().charges()).isEmpty();
        }
    }

    @Test
    void aRunThatGoesOnAfterItsHostDiedStopsAtTheSameBound() {
        serveForEver();
        try (TestHost host = agents.host()) {
            Map<String, Object> whole =
                    host.submit(task("maxTokens", 400)).await().result();
            try (TestHost other = agents.host().diesAfter(3)) {
                TestJob job = other.submit(task("maxTokens", 400)).await();
                assertThat(job.result()).isEqualTo(whole);
                assertThat(other.deaths()).isEqualTo(1);
            }
        }
    }

    @Test
    void aFilteredAnswerIsNoneThatIsDone() {
        agents.serve(call -> Turn.text("").finish("content_filter"));
        try (TestHost host = agents.host()) {
            assertThat(host.submit(task("tools", List.of())).await().result())
                    .containsEntry("stopped", "content_filter");
        }
    }
}
