// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a test host gives handlers that make costly calls, and how it takes those that hold no thread. */
class HostServicesTest {

    /** Completes when the test completes what it has begun. */
    @HandlesJob("ask")
    static final class Ask implements AsyncJobHandler {

        private final BlockingQueue<CompletableFuture<Map<String, Object>>> begun = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<Map<String, Object>> handle(JobContext context) throws Exception {
            context.step("draft", Integer.class, () -> 1);
            CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
            begun.add(answer);
            return answer;
        }

        CompletableFuture<Map<String, Object>> next() throws InterruptedException {
            return Objects.requireNonNull(begun.poll(60, TimeUnit.SECONDS), "it has not begun");
        }
    }

    @Test
    void aSecretIsGivenByNameAndWhatTheJobTellsIsRedacted() {
        try (TestHost host = TestHost.with("work", context -> {
                    String key = context.secret("openai");
                    context.log("with " + key + " again " + context.secret("openai"));
                    return Map.of("length", key.length(), "key", key);
                })
                .secrets(Map.of("openai", "sk-test"))) {
            TestJob job = host.submit(Map.of()).await();
            assertThat(job.result()).isEqualTo(Map.of("length", 7, "key", "${secret:openai}"));
            assertThat(job.log()).containsExactly("with ${secret:openai} again ${secret:openai}");
        }
    }

    @Test
    void aSecretThatTheTestHasNotGivenComesLater() {
        try (TestHost host = TestHost.with(
                "work", context -> Map.of("n", context.secret("openai").length()))) {
            TestJob job = host.submit(Map.of()).await();
            assertThat(job.reason()).isEqualTo(Reason.RETRY);
            assertThat(job.error())
                    .startsWith("secret openai: the test has given none: TestHost.secrets(Map.of(\"openai\", …))");
            host.secrets(Map.of("openai", "sk-test"));
            assertThat(job.awaitEnd().result()).isEqualTo(Map.of("n", 7));
        }
    }

    @Test
    void theTestSaysWhichBudgetsAreLow() {
        try (TestHost host = TestHost.with(
                "work",
                context -> Map.of("usd", context.isBudgetLow("usd"), "tokens", context.isBudgetLow("tokens")))) {
            assertThat(host.submit(Map.of()).await().result()).isEqualTo(Map.of("usd", false, "tokens", false));
            host.lowBudgets("usd");
            assertThat(host.submit(Map.of()).await().result()).isEqualTo(Map.of("usd", true, "tokens", false));
            host.lowBudgets();
            assertThat(host.submit(Map.of()).await().result()).isEqualTo(Map.of("usd", false, "tokens", false));
        }
    }

    @Test
    void whatTheHandlerSaysIsLeftCanBeRead() {
        Instant soon = Instant.parse("2030-01-01T00:00:06Z");
        try (TestHost host = TestHost.with("work", context -> {
            context.remaining("tokens", 900, soon.minusSeconds(1));
            context.remaining("tokens", 150, soon);
            return Map.of();
        })) {
            TestJob job = host.submit(Map.of()).await();
            assertThat(job.remaining("tokens")).contains(new TestJob.Remaining(150, soon));
            assertThat(job.remaining("requests")).isEmpty();
        }
    }

    @Test
    void anEstimatorIsAskedForWhatTheJobDoesNotSay() {
        try (TestHost host = TestHost.with("work", context -> Map.of())
                .estimating(payload -> Map.of("tokens", (double) payload.size(), "usd", 0.5))) {
            JobSpecification says = JobSpecification.type("work")
                    .payload(Map.of("a", 1, "b", 2))
                    .estimate("usd", 2)
                    .build();
            assertThat(host.submit(says).job().terms().demand().estimate())
                    .isEqualTo(Map.of("tokens", 2.0, "usd", 2.0));
        }
    }

    @Test
    void aHandlerThatHoldsNoThreadCompletesWhenItsStageDoes() throws Exception {
        Ask ask = new Ask();
        try (TestHost host = TestHost.withAsync(ask)) {
            TestJob job = host.submit(Map.of());
            CompletableFuture<Map<String, Object>> answer = ask.next();
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
            answer.complete(Map.of("answer", 42));
            assertThat(job.await().result()).isEqualTo(Map.of("answer", 42));
        }
    }

    @Test
    void suchAHandlerMayBeALambdaAndFailsWithWhatItsStageThrows() {
        try (TestHost host = TestHost.withAsync(
                "work", context -> CompletableFuture.failedFuture(new IllegalStateException("no answer")))) {
            TestJob job = host.submit(JobSpecification.type("work")
                            .payload(Map.of())
                            .maxRetries(0)
                            .build())
                    .await();
            assertThat(job.error()).startsWith("IllegalStateException: no answer");
        }
    }

    @Test
    void suchARunIsToldToEndLikeOthers() throws Exception {
        Ask ask = new Ask();
        try (TestHost host = TestHost.withAsync(ask)) {
            TestJob job = host.submit(Map.of());
            CompletableFuture<Map<String, Object>> answer = ask.next();
            assertThat(job.cancel().await().status()).isEqualTo(JobStatus.CANCELLED);
            assertThat(answer).isCancelled();
        }
    }

    @Test
    void theHostOfSuchAHandlerDiesAndItsNextLifeHasItToo() throws Exception {
        Ask ask = new Ask();
        try (TestHost host = TestHost.withAsync(ask).diesAfter(1)) {
            TestJob job = host.submit(Map.of());
            host.engine.settle(() -> host.deaths() == 1);
            host.advance(Duration.ZERO);
            ask.next().complete(Map.of());
            assertThat(job.await().status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(job.worked("draft")).isEqualTo(1);
        }
    }
}
