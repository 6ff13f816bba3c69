// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.ValidationException;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestHostTest {

    private TestHost host = TestHost.with(new Greet());

    @AfterEach
    void close() {
        host.close();
    }

    private TestJob submit(JobHandler handler) {
        host.close();
        host = TestHost.with("work", handler);
        return host.submit(Map.of());
    }

    @Test
    void runsAJobToItsResult() {
        TestJob job = host.submit(Map.of("name", "Ada")).await();

        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.result()).isEqualTo(Map.of("greeting", "hello Ada"));
        assertThat(job.error()).isNull();
        assertThat(job.history())
                .extracting(HistoryEvent::to)
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.COMPLETED);
    }

    @Test
    void tellsWhatTheHandlerSaid() {
        TestJob job = host.submit(Map.of("name", "Ada")).await();

        assertThat(job.log()).containsExactly("greeted Ada");
        assertThat(job.progress()).hasValueSatisfying(progress -> {
            assertThat(progress.done()).isEqualTo(1);
            assertThat(progress.total()).isEqualTo(2);
            assertThat(progress.text()).isEqualTo("greeting");
        });
        assertThat(job.used("tokens")).isEqualTo(7.5);
        assertThat(job.used("requests")).isZero();
    }

    @Test
    void addsWhatIsUsedAsItIsWritten() {
        TestJob job = submit(context -> {
            for (int n = 0; n < 3; n++) {
                context.used("usd", 0.1);
            }
            return Map.of();
        });
        assertThat(job.await().used("usd")).isEqualTo(0.3);
    }

    @Test
    void refusesAPayloadThatTheSchemaRefuses() {
        assertThatThrownBy(() -> host.submit(Map.of("times", 2)))
                .isInstanceOf(ValidationException.class)
                .hasMessage("name is required for greet jobs");
    }

    @Test
    void failsAPayloadThatDoesNotFitTheHandlersRecord() {
        TestJob job = host.submit(Map.of("name", "Ada", "times", "often")).await();

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error()).contains("the payload does not match Payload");
        assertThatThrownBy(job::result)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("failed");
    }

    @Test
    void readsTheVersionFromTheAnnotation() {
        TestJob served =
                host.submit(greeting().handlerVersion("[1.2,1.3)").build()).await();
        TestJob waits = host.submit(greeting().handlerVersion("[2,3)").build()).await();

        assertThat(served.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(waits.status()).isEqualTo(JobStatus.QUEUED);
    }

    private static JobSpecificationBuilder greeting() {
        return JobSpecification.type("greet").payload(Map.of("name", "Ada"));
    }

    @Test
    void asksForTheTypeOfAHandlerWithoutAnnotation() {
        assertThatThrownBy(() -> TestHost.with(context -> Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TestHost.with(type, handler)");
    }

    @Test
    void triesAgainAfterTwoAndFourSeconds() {
        TestJob job = submit(context -> {
            if (context.attempt() < 3) {
                throw new IllegalStateException("attempt " + context.attempt());
            }
            return Map.of();
        });

        assertThat(job.await().status()).isEqualTo(JobStatus.WAITING);
        assertThat(job.reason()).isEqualTo(Reason.RETRY);
        assertThat(job.error()).contains("attempt 1");
        host.advance(Duration.ofMillis(1_999));
        assertThat(job.await().job().state().run().number()).isEqualTo(1);
        host.advance(Duration.ofMillis(1));
        assertThat(job.await().job().state().run().number()).isEqualTo(2);
        host.advance(Duration.ofSeconds(4));
        assertThat(job.await().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void failsWhenNoAttemptIsLeft() {
        TestJob job = submit(context -> {
                    context.log("trying");
                    throw new IllegalStateException("attempt " + context.attempt());
                })
                .awaitEnd();

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.log()).containsExactly("trying", "trying", "trying", "trying");
        assertThat(job.error()).contains("attempt 4");
        assertThat(host.clock().instant()).isEqualTo(Instant.parse("2030-01-01T00:00:14Z"));
    }

    @Test
    void failsAtOnceWhenTheFailureIsFinal() {
        TestJob job = submit(context -> {
                    throw new PermanentException("no such page");
                })
                .await();

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.job().state().run().number()).isEqualTo(1);
        assertThat(job.error()).contains("no such page");
    }

    @Test
    void triesAgainWhenTheHandlerSays() {
        TestJob job = submit(context -> {
            if (context.attempt() == 1) {
                throw new RetryableException("busy", Duration.ofMinutes(5), null);
            }
            return Map.of();
        });

        assertThat(job.await().status()).isEqualTo(JobStatus.WAITING);
        assertThat(job.awaitEnd().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(host.clock().instant()).isEqualTo(Instant.parse("2030-01-01T00:05:00Z"));
    }

    @Test
    void chargesNoAttemptForALimitOrASleep() {
        TestJob job = submit(context -> {
                    switch (context.run()) {
                        case 1 -> throw new RateLimitedException("429", Duration.ofSeconds(30), null);
                        case 2 -> throw new SleepException(Duration.ofHours(1));
                        default -> {
                            return Map.of("attempt", context.attempt());
                        }
                    }
                })
                .awaitEnd();

        assertThat(job.result()).isEqualTo(Map.of("attempt", 1));
        assertThat(job.history())
                .extracting(HistoryEvent::reason)
                .filteredOn(Objects::nonNull)
                .containsExactly(Reason.RATE_LIMITED, Reason.SLEEP);
    }

    @Test
    void interruptsAHandlerWhoseTimeIsOver() {
        AtomicBoolean told = new AtomicBoolean();
        TestJob job = submit(context -> {
            try {
                new CountDownLatch(1).await();
                return Map.of();
            } finally {
                told.set(context.cancelled());
            }
        });

        host.advance(Duration.ofSeconds(59));
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        host.advance(Duration.ofSeconds(1));
        assertThat(job.await().status()).isEqualTo(JobStatus.WAITING);
        assertThat(job.error()).contains("60");
        assertThat(told).isTrue();
    }

    @Test
    void givesMoreTimeToAHandlerThatAsksForIt() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        TestJob job = submit(context -> {
            Instant ends = context.extend(Duration.ofMinutes(10));
            context.log("until " + ends);
            asked.countDown();
            new CountDownLatch(1).await();
            return Map.of();
        });

        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        host.advance(Duration.ofSeconds(599));
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        host.advance(Duration.ofSeconds(1));
        assertThat(job.await().status()).isEqualTo(JobStatus.WAITING);
        assertThat(job.error()).contains("timed out after 600 s");
        assertThat(job.log()).contains("until 2030-01-01T00:10:00Z");
    }

    @Test
    void interruptsAHandlerWhoseJobIsCancelled() {
        TestJob job = submit(context -> {
            new CountDownLatch(1).await();
            return Map.of();
        });

        assertThat(job.cancel().await().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void givesUpAHandlerThatDoesNotEndWhenCancelled() {
        CountDownLatch end = new CountDownLatch(1);
        TestJob job = submit(context -> {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
            return Map.of();
        });
        job.cancel();

        host.advance(Duration.ofSeconds(9));
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        host.advance(Duration.ofSeconds(1));
        assertThat(job.await().status()).isEqualTo(JobStatus.CANCELLED);
        end.countDown();
    }

    @Test
    void givesTheResultsOfDependencies() {
        host.and("page", context -> Map.of("text", "hello"));
        host.and(
                "sum",
                context -> Map.of("of", List.copyOf(context.dependencyResults().values())));
        TestJob page =
                host.submit(JobSpecification.type("page").payload(Map.of()).build());
        TestJob sum = host.submit(JobSpecification.type("sum")
                .payload(Map.of())
                .dependsOn(page.id())
                .build());

        assertThat(sum.await().result()).isEqualTo(Map.of("of", List.of(Map.of("text", "hello"))));
    }

    @Test
    void runsWhatAHandlerSubmits() {
        AtomicReference<JobId> child = new AtomicReference<>();
        host.and("split", context -> {
            child.set(host.jobs().submit(greeting().build()).id());
            return Map.of();
        });
        TestJob parent = host.submit(
                        JobSpecification.type("split").payload(Map.of()).build())
                .await();

        assertThat(parent.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(host.job(child.get()).await().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void saysWhatAJobWaitsForThatTimeDoesNotBring() {
        TestJob job =
                host.submit(JobSpecification.type("nobody").payload(Map.of()).build());

        assertThatThrownBy(job::awaitEnd)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waits for no time");
    }
}
