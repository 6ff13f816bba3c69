// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobStatus;
import io.jobyard.api.JobStep;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.Fault;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbedTextsTest {

    private static final Map<String, Object> FIVE =
            Map.of("model", "m", "texts", List.of("one", "two", "three", "one", "five words are not one"), "batch", 2);

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    @Test
    void givesVectorsInTheOrderOfTheTextsABatchAStep() {
        ModelServer server = models.endpoint("a", ModelScript.echo());
        try (TestHost host = host()) {
            TestJob job = host.submit(FIVE).await();

            List<?> vectors = (List<?>) job.result().get("embeddings");
            assertThat(vectors).hasSize(5);
            assertThat(vectors.get(0)).isEqualTo(vectors.get(3)).isNotEqualTo(vectors.get(1));
            assertThat((List<?>) vectors.get(0)).hasSize(16);
            assertThat(job.steps()).extracting(JobStep::name).containsExactly("batch 1", "batch 2", "batch 3");
            Charge charge = server.account().total(all -> true);
            assertThat(job.result())
                    .containsEntry("model", "m")
                    .containsEntry("cost", charge.inputTokens() * 2 / 1e6)
                    .containsEntry(
                            "usage",
                            Map.of("inputTokens", (int) charge.inputTokens(), "cachedTokens", 0, "outputTokens", 0));
            assertThat(job.used("tokens")).isEqualTo(charge.inputTokens());
            assertThat(job.used("usd")).isEqualTo(charge.inputTokens() * 2 / 1e6);
        }
    }

    @Test
    void goesOnBehindTheBatchesThatAreDone() {
        ModelServer server = models.endpoint(
                "a",
                call -> call.prompt().equals("three") && call.number() == 1
                        ? Turn.text("").with(new Fault.Cut(0))
                        : Turn.text(""));
        try (TestHost host = host()) {
            TestJob job = host.submit(FIVE).awaitEnd();

            assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(server.account().charges()).hasSize(4);
            assertThat(job.used("tokens"))
                    .isEqualTo(server.account().total(all -> true).inputTokens());
            assertThat(job.log())
                    .singleElement()
                    .asString()
                    .startsWith("endpoint a, model m: charged for an incomplete answer");
        }
    }

    @Test
    void failsBeforeMoreIsPaidIfTheVectorsWillNotFitAResult() {
        ModelServer server = models.endpoint("a", ModelScript.echo());
        try (TestHost host = host()) {
            TestJob job = host.submit(Map.of("model", "m", "texts", Collections.nCopies(10_000, "word"), "batch", 100))
                    .await();

            assertThat(job.status()).isEqualTo(JobStatus.FAILED);
            assertThat(job.error()).contains("max.result.bytes");
            assertThat(server.account().charges()).hasSize(1);
        }
    }

    @Test
    void anEndpointOfTheOtherWireEmbedsNothing() {
        models.endpoint("a", ModelScript.echo(), "wire", "anthropic");
        try (TestHost host = host()) {
            assertThat(host.submit(FIVE).await().error())
                    .isEqualTo(
                            "endpoint a does not support embeddings: its wire is anthropic; use an endpoint with wire = openai");
        }
    }

    @Test
    void anAnswerThatIsNoneIsTriedAgain() {
        models.endpoint("a", call -> call.number() == 1 ? Turn.text("").with(new Fault.BadBody()) : Turn.text(""));
        try (TestHost host = host()) {
            TestJob job = host.submit(FIVE).await();
            assertThat(job.error()).isEqualTo("endpoint a sent an invalid response: it is not a JSON object with data");
            assertThat(job.awaitEnd().status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    private TestHost host() {
        return TestHost.withAsync(new EmbedTexts(models.client)).secrets(Map.of("key", ModelFixture.KEY));
    }
}
