// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.ValidationException;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the host's own engine, with steps, streams and a schema that is asked at submit. */
class ChatOnTestHostTest {

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    @Test
    void theAnswerIsStreamedAndStoredAndReadsBackFromItsStep() {
        ModelServer server = models.endpoint("a", call -> Turn.text("so be it").andTool("look", "{}"));
        try (TestHost host = models.host()) {
            host.diesAfter(1); // the step is stored, and the run knows nothing of it
            TestJob job = host.submit(ModelFixture.payload("please")).await();

            assertThat(job.result())
                    .containsEntry("text", "so be it")
                    .containsEntry("toolCalls", List.of(Map.of("id", "call_1", "name", "look", "arguments", "{}")));
            assertThat(job.stream()).isEqualTo("so be it");
            assertThat(job.job().state().run().number()).isEqualTo(2);
            assertThat(server.account().charges()).hasSize(1);
            assertThat(job.used("tokens")).isEqualTo(total(server));
        }
    }

    @Test
    void aHostThatDiesBeforeTheStepIsStoredPaysAgainAndTellsBoth() {
        ModelServer server = models.endpoint("a", ModelScript.echo());
        try (TestHost host = models.host()) {
            host.diesBefore(1);
            TestJob job = host.submit(ModelFixture.payload("please")).await();

            assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(server.account().charges()).hasSize(2);
            assertThat(job.used("tokens")).isEqualTo(total(server));
        }
    }

    @Test
    void aCancelEndsTheConnectionAtOnceAndTellsWhatHadCome() {
        ModelServer server = models.endpoint(
                "a", call -> Turn.text("word ".repeat(100_000)).paced(Duration.ZERO, Duration.ofMillis(5)));
        try (TestHost host = models.host()) {
            TestJob job = host.submit(ModelFixture.payload("on and on"));
            await().until(() -> job.stream().length() > 20);
            job.cancel().await();

            assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
            await().until(() -> !server.account().charges().isEmpty()); // it sees that its caller has gone
            Charge charge = server.account().charges().get(0);
            assertThat(charge.isComplete()).isFalse();
            assertThat(job.used("tokens.input")).isEqualTo(charge.inputTokens());
            assertThat(job.used("tokens.output")).isPositive().isLessThanOrEqualTo(charge.outputTokens());
        }
    }

    @Test
    void whoeverIsTurnedAwayWaitsAndKeepsTheAttempt() {
        models.endpoint(
                "a",
                call -> call.number() == 1
                        ? Turn.refused(429, "slow down").header("retry-after", "90")
                        : Turn.text("now"));
        try (TestHost host = models.host()) {
            TestJob job = host.submit(ModelFixture.payload("please")).await();
            assertThat(job.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(job.error()).isEqualTo("endpoint a refused the call (429): slow down");

            host.advance(Duration.ofSeconds(90));
            assertThat(job.await().result()).containsEntry("text", "now");
            assertThat(job.job().state().run().attempt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]} | model is required for chat_completion jobs",
                "{\"model\": \"m\"} | messages is required for chat_completion jobs",
                "{\"model\": \"m\", \"messages\": []} | payload.messages",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"robot\", \"content\": \"hi\"}]} | payload.messages[0].role",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"tool\", \"content\": \"hi\"}]} | payload.messages[0].toolCallId is required",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}], \"max_tokens\": 7} | max_tokens",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}], \"toolChoice\": \"auto\"} | tools is required",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}], \"tools\": [{\"name\": \"t\"}], \"responseSchema\": {\"type\": \"object\"}} | payload.tools",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}], \"responseSchema\": {\"type\": \"string\"}} | payload.responseSchema.type"
            })
    void refusesAtSubmitWhatNoModelCouldBeAsked(String payload, String message) throws Exception {
        @SuppressWarnings("unchecked")
        Map<String, Object> read = new ObjectMapper().readValue(payload, Map.class);
        try (TestHost host = TestHost.withAsync(new ChatCompletion(models.client))) {
            assertThatThrownBy(() -> host.submit(read))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining(message);
        }
    }

    private static double total(ModelServer server) {
        Charge charge = server.account().total(all -> true);
        return charge.inputTokens() + charge.outputTokens();
    }
}
