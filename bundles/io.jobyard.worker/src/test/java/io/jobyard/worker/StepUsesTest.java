// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.RunUse;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the work of steps uses is stored with them. */
@Timeout(60)
class StepUsesTest {

    private final StepFixture job = new StepFixture();

    @Test
    void whatAStepUsedIsThereAsSoonAsTheStepIs() {
        job.workers.usesArrive = false;
        List<Double> seen = new ArrayList<>();
        job.run(context -> {
            context.step("one", Integer.class, () -> {
                context.used("tokens", 5);
                context.used("tokens", 7);
                return 1;
            });
            seen.add(stored());
            context.used("tokens", 30);
            context.step("two", Integer.class, () -> 2);
            seen.add(stored());
            return Map.of();
        });
        assertThat(seen).containsExactly(12.0, 42.0);
    }

    @Test
    void stepsThatRunAtOnceTakeAllWithThem() {
        CyclicBarrier all = new CyclicBarrier(4);
        job.workers.usesArrive = false;
        job.run(context -> {
            List<Step<Integer>> steps = IntStream.range(0, 4)
                    .mapToObj(n -> Step.of("step " + n, Integer.class, () -> {
                        for (int use = 0; use < 100; use++) {
                            context.used("tokens", 1);
                        }
                        all.await();
                        return n;
                    }))
                    .toList();
            context.steps(steps, 4);
            return Map.of();
        });
        assertThat(stored()).isEqualTo(400.0);
    }

    @Test
    void whatAStepUsedThatFailsThenCountsForItWasPaid() {
        JobHandler handler = context -> {
            context.step(new Step<>(
                    "one",
                    Integer.class,
                    () -> {
                        context.used("tokens", 5);
                        throw new IOException("broken");
                    },
                    2,
                    Duration.ofSeconds(1),
                    null));
            return Map.of();
        };
        assertThat(job.failed(handler).error()).startsWith("IOException: broken");
        assertThat(job.steps()).isEmpty();
        assertThat(stored()).isEqualTo(15.0);
    }

    private double stored() {
        return job.workers.store.usage().uses(job.id).stream()
                .mapToDouble(RunUse::amount)
                .sum();
    }
}
