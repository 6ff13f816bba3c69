// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import static io.jobyard.handler.llm.agent.AgentFixture.ADD;
import static io.jobyard.handler.llm.agent.AgentFixture.called;
import static io.jobyard.handler.llm.agent.AgentFixture.task;
import static io.jobyard.handler.llm.agent.AgentFixture.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobStep;
import io.jobyard.api.Reason;
import io.jobyard.api.ValidationException;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.handler.llm.ToolRegistry;
import io.jobyard.handler.llm.chat.AnswerBudget;
import io.jobyard.handler.llm.chat.ModelFixture;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmAgentTest {

    private static final Turn TWO_CALLS =
            Turn.text("I add.").andTool("add", ADD).andTool("add", "{\"a\": 3, \"b\": 4}");

    @RegisterExtension
    final AgentFixture agents = new AgentFixture();

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void callsToolsUntilTheModelAnswers(String wire) {
        ModelServer server = agents.serve(
                call -> AgentFixture.turn(call) == 1 ? TWO_CALLS : Turn.text("told " + call.prompt()), "wire", wire);
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task()).await();

            Charge all = server.account().total(any -> true);
            assertThat(job.result())
                    .containsEntry("stopped", "done")
                    .containsEntry("turns", 2)
                    .containsEntry("toolCalls", List.of(called("add", 1, true), called("add", 1, true)))
                    .containsEntry(
                            "usage",
                            Map.of(
                                    "inputTokens", (int) all.inputTokens(),
                                    "cachedTokens", 0,
                                    "outputTokens", (int) all.outputTokens()))
                    .doesNotContainKey("json");
            assertThat((String) job.result().get("text")).startsWith("told ").contains("{\"sum\":7}");
            assertThat((Double) job.result().get("cost")).isCloseTo(job.used("usd"), within(1e-12));
            assertThat(job.used("tokens")).isEqualTo(all.inputTokens() + all.outputTokens());
            assertThat(agents.add.calls).containsExactly("1+2", "3+4");
            assertThat(job.steps())
                    .extracting(JobStep::name)
                    .containsExactly("turn 1", "tool 1.1 add", "tool 1.2 add", "turn 2");
            assertThat(job.stream()).isEqualTo("I add.\n\n" + job.result().get("text"));
        }
    }

    @Test
    void withoutToolsItAnswersAtOnce() {
        agents.serve(call -> Turn.text(call.body().has("tools") ? "with tools" : call.prompt()));
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(Map.of("model", "m", "task", "Say it")).await();

            assertThat(job.result()).containsEntry("text", "Say it").containsEntry("turns", 1);
        }
    }

    @Test
    void aKillBetweenAnyTwoStepsCallsNothingTwiceThatWasStored() {
        ModelServer server = agents.serve(turns(TWO_CALLS, Turn.text("10")));
        for (int commit = 1; commit <= 4; commit++) {
            int charges = server.account().charges().size();
            agents.add.calls.clear();
            try (TestHost host = agents.host().diesAfter(commit)) {
                TestJob job = host.submit(task()).await();

                assertThat(job.result()).containsEntry("text", "10");
                assertThat(host.deaths()).isEqualTo(1);
                assertThat(server.account().charges())
                        .as("killed after commit " + commit)
                        .hasSize(charges + 2);
                assertThat(agents.add.calls).containsExactly("1+2", "3+4");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sub | {} | {\"error\":\"Unknown tool. Available tools: add\"}",
                "add | {\"a\": | {\"error\":\"Invalid arguments: it is not JSON\"}",
                "add | [1, 2] | {\"error\":\"Invalid arguments: at '': array found, object expected\"}",
                "add | {\"a\": \"one\", \"b\": 2} | {\"error\":\"Invalid arguments: at '/a': string found, integer expected\"}",
                "add | {\"a\": 2000, \"b\": 2} | {\"error\":\"a must be a whole number from 0 to 1000 for add, but is 2000\"}"
            })
    void whatTheModelDoesWrongIsToldToIt(String tool, String arguments, String told) {
        agents.serve(call -> switch (AgentFixture.turn(call)) {
            case 1 -> Turn.tool(tool, arguments);
            case 2 -> call.prompt().equals(told) ? Turn.tool("add", ADD) : Turn.text("told " + call.prompt());
            default -> Turn.text("3");
        });
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task()).await();

            assertThat(job.result())
                    .containsEntry("text", "3")
                    .containsEntry("toolCalls", List.of(called(tool, 1, false), called("add", 2, true)));
            assertThat(agents.add.calls).containsExactly("1+2");
        }
    }

    @Test
    void brokenArgumentsAreToldInTheOtherFormToo() {
        agents.serve(
                call -> switch (AgentFixture.turn(call)) {
                    case 1 -> Turn.tool("add", "{\"a\":");
                    default -> Turn.text(call.prompt());
                },
                "wire",
                "anthropic");
        try (TestHost host = agents.host()) {
            assertThat((String) host.submit(task()).await().result().get("text"))
                    .contains("it is not JSON");
        }
    }

    @Test
    void anErrorThatIsOneForGoodIsToldAndStandsInNoLog() {
        agents.add.before = () -> {
            throw new PermanentException("no sums today");
        };
        agents.serve(call -> AgentFixture.turn(call) == 1 ? Turn.tool("add", ADD) : Turn.text(call.prompt()));
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task()).await();

            assertThat(job.result()).containsEntry("text", "{\"error\":\"no sums today\"}");
            assertThat(job.log()).containsExactly("tool 1.1 add failed permanently; the model gets the reason");
        }
    }

    @Test
    void aResultThatNoModelCouldReadIsToldAsAnError() {
        agents.add.before = () -> Map.of("text", "x".repeat(300_000));
        agents.serve(call -> AgentFixture.turn(call) == 1 ? Turn.tool("add", ADD) : Turn.text(call.prompt()));
        try (TestHost host = agents.host()) {
            assertThat((String) host.submit(task()).await().result().get("text"))
                    .isEqualTo(
                            "{\"error\":\"The result is too long: it has 300011 characters; the maximum is 262144. Ask for"
                                    + " less.\"}");
        }
    }

    @Test
    void aToolThatMaySucceedLaterEndsTheRunWhichGoesOnFromThere() {
        Deque<RuntimeException> failures = new ArrayDeque<>(List.of(
                new RetryableException("away", Duration.ofSeconds(7), null),
                new RateLimitedException("too many", Duration.ofSeconds(9), null)));
        agents.add.before = () -> {
            if (!failures.isEmpty()) {
                throw failures.poll();
            }
            return Map.of();
        };
        ModelServer server = agents.serve(turns(Turn.tool("add", ADD), Turn.text("3")));
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task()).await();
            assertThat(job.error()).isEqualTo("away");
            host.advance(Duration.ofSeconds(7));
            assertThat(job.await().reason()).isEqualTo(Reason.RATE_LIMITED);
            host.advance(Duration.ofSeconds(9));

            assertThat(job.await().result()).containsEntry("text", "3");
            assertThat(server.account().charges()).hasSize(2);
            assertThat(agents.add.calls).hasSize(3);
        }
    }

    @Test
    void aToolThatLeavesAndComesBackIsWaitedFor() {
        agents.serve(call -> {
            if (AgentFixture.turn(call) == 1) {
                agents.take();
                return Turn.tool("add", ADD);
            }
            return Turn.text("3");
        });
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task()).await();
            assertThat(job.status()).isEqualTo(JobStatus.WAITING);
            assertThat(job.error()).isEqualTo("tool add was removed with its bundle");

            agents.bring();
            assertThat(job.awaitEnd().result()).containsEntry("text", "3");
            assertThat(job.steps()).extracting(JobStep::name).containsExactly("turn 1", "tool 1.1 add", "turn 2");
        }
    }

    @Test
    void aToolThatComesLaterThanTheJobAfterAStartIsWaitedFor() {
        agents.serve(turns(Turn.tool("add", ADD), Turn.text("3")));
        ToolRegistry next = new ToolRegistry();
        AsyncJobHandler first = agents.handler(agents.registry);
        AsyncJobHandler later = agents.handler(next);
        AsyncJobHandler handler = context -> (context.run() == 1 ? first : later).handle(context);
        try (TestHost host = TestHost.withAsync(LlmAgent.TYPE, handler).diesAfter(1)) {
            TestJob job = host.submit(task()).await();
            assertThat(job.error()).isEqualTo("tool add was removed with its bundle");

            next.bindTool(agents.add, Map.of("llm.tool", "add", "service.id", 1L));
            assertThat(job.awaitEnd().result()).containsEntry("text", "3");
        }
    }

    @Test
    void mistakesOfTheTaskCostNothing() {
        ModelServer server = agents.serve(turns(Turn.text("3")));
        try (TestHost host = agents.host()) {
            assertThat(host.submit(task("tools", List.of("add", "sub"))).await().error())
                    .isEqualTo("unknown tool: sub; available tools: add");
            assertThat(host.submit(task("approve", List.of("ad"))).await().error())
                    .isEqualTo(
                            "invalid approve: ad, which is not in tools; add it to tools, or remove it from approve");
            assertThat(host.submit(task("responseSchema", Map.of("type", "object", "properties", 7)))
                            .await()
                            .error())
                    .startsWith("invalid JSON Schema in responseSchema at '/properties'");
            assertThat(server.account().charges()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model': 'm'} | task is required for llm_agent jobs",
                "{'model': 'm', 'task': 't', 'tools': ['a b']} | payload.tools[0]",
                "{'model': 'm', 'task': 't', 'maxTurns': 101} | payload.maxTurns",
                "{'model': 'm', 'task': 't', 'maxCost': 0} | payload.maxCost",
                "{'model': 'm', 'task': 't', 'max_turns': 1} | max_turns"
            })
    void refusesAtSubmitWhatIsNoTask(String json, String message) throws Exception {
        @SuppressWarnings("unchecked")
        Map<String, Object> payload = new ObjectMapper().readValue(json.replace('\'', '"'), Map.class);
        AnswerBudget room = new AnswerBudget(agents.models.endpoints, ModelFixture.TOKENIZER);
        try (TestHost host = TestHost.withAsync(new LlmAgent(agents.models.client, room, agents.registry))) {
            assertThatThrownBy(() -> host.submit(payload))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining(message);
        }
    }
}
