// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.RunSuspended;
import io.jobyard.api.handler.Step;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that the limits of the job bind. */
@Timeout(60)
class StepCallsTest {

    private final StepFixture job = new StepFixture();
    private final AtomicInteger works = new AtomicInteger();

    private final JobHandler handler = context -> {
        for (int n = 1; n <= 3; n++) {
            context.step(step("call " + n, 10 * n));
        }
        return Map.of("works", works.get());
    };

    private Step<Integer> step(String name, double tokens) {
        return Step.of(name, Integer.class, works::incrementAndGet).estimated(() -> Map.of("tokens", tokens));
    }

    @Test
    void eachTakesBeforeItsWorkAndSettlesBehindIt() {
        assertThat(job.completed(handler)).isEqualTo("{\"works\":3}");
        assertThat(job.workers.calls)
                .containsExactly(
                        "begin {requests=1.0, tokens=10.0}",
                        "end",
                        "begin {requests=1.0, tokens=20.0}",
                        "end",
                        "begin {requests=1.0, tokens=30.0}",
                        "end");
    }

    @Test
    void oneThatIsNotLetThroughEndsTheRunAndTheNextStartTakesForIt() {
        job.workers.callsLeft = 1;
        assertThat(job.run(handler))
                .isEqualTo(new Outcome.AwaitsLimits(
                        Map.of("calls", 1.0, "requests", 1.0, "tokens", 20.0),
                        "step 'call 2' is waiting for the job's limits"));
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("call 1");
        job.workers.callsLeft = 2;
        assertThat(job.completed(handler)).isEqualTo("{\"works\":3}");
    }

    @Test
    void ofSeveralAtOnceThoseThatRunAreStoredAndTheNextStartTakesForAsManyAsItMay() {
        JobHandler several = context -> {
            List<Step<Integer>> steps = IntStream.rangeClosed(1, 6)
                    .mapToObj(n -> step("call " + n, n))
                    .toList();
            return Map.of(
                    "sum", context.steps(steps, 3).stream().mapToInt(n -> n).sum());
        };
        job.workers.callsLeft = 2;
        Outcome.AwaitsLimits awaits = (Outcome.AwaitsLimits) job.run(several);
        assertThat(job.steps()).hasSize(2);
        assertThat(awaits.estimate()).containsEntry("calls", 2.0).containsEntry("requests", 2.0);
        job.workers.callsLeft = 4;
        assertThat(job.completed(several)).isEqualTo("{\"sum\":21}");
    }

    @Test
    void eachTryIsACallAndAFailedOneSettlesToo() {
        assertThat(job.completed(context -> {
                    context.step(Step.of("ask", Integer.class, () -> {
                                if (works.incrementAndGet() < 3) {
                                    throw new IOException("no route");
                                }
                                return works.get();
                            })
                            .retried(2, Duration.ofSeconds(1))
                            .estimated(Map::of));
                    return Map.of();
                }))
                .isEqualTo("{}");
        assertThat(job.workers.calls)
                .containsExactly(
                        "begin {requests=1.0}", "end", "begin {requests=1.0}", "end", "begin {requests=1.0}", "end");
    }

    @Test
    void aHandlerThatGoesOnBehindItsEndFailsForGood() {
        job.workers.callsLeft = 0;
        Outcome.Failed failed = job.failed(context -> {
            try {
                return handler.handle(context);
            } catch (RunSuspended e) {
                return Map.of();
            }
        });
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error()).contains("continued after 'a step that is waiting for limits' had ended the run");
    }

    @Test
    void anEstimateThatIsNoneFailsForGood() {
        for (Map<String, Double> wrong : List.of(
                Map.of("to kens", 1.0),
                Map.of("tokens", -1.0),
                Map.of("tokens", Double.NaN),
                Map.of("slots.gpu", 2.0))) {
            Outcome.Failed failed = job.failed(context -> {
                context.step(
                        Step.of("ask", Integer.class, works::incrementAndGet).estimated(() -> wrong));
                return Map.of();
            });
            assertThat(failed.permanent()).as(failed.error()).isTrue();
            assertThat(failed.error()).contains("of step 'ask'");
        }
        assertThat(works).hasValue(0);
    }
}
