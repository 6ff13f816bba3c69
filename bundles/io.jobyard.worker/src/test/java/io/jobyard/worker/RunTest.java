// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunTest {

    private final StepFixture job = new StepFixture();

    /** Whoever asks has the pool's lock, for which the thread that stores may wait. */
    @Test
    void howOldItIsIsToldWhileItHandsSomethingToTheStore() {
        Run run = job.begin(context -> Map.of());
        run.begin(WorkerFixture.START, job.workers.handle("work", context -> Map.of()), List.of());
        run.during(
                "step",
                () -> assertThat(CompletableFuture.supplyAsync(() -> run.youngerThan(Long.MAX_VALUE))
                                .orTimeout(30, TimeUnit.SECONDS)
                                .join())
                        .isTrue());
    }
}
