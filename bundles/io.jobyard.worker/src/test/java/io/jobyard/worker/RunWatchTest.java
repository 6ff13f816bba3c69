// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.spi.running.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunWatchTest {

    private final WorkerFixture workers = new WorkerFixture();

    @AfterEach
    void end() {
        workers.end();
    }

    @Test
    void aLookThatFailsIsRepeatedForAllOfItsRuns() {
        List<Integer> given = new ArrayList<>();
        RunWatch watch = new RunWatch(
                workers.pool, workers.agenda, workers.handlers, () -> workers.settings, workers.reporter, runs -> {
                    given.add(runs.size());
                    if (given.size() == 1) {
                        throw new IllegalStateException("the disk is full");
                    }
                    workers.supervisor.giveUp(runs);
                });
        workers.handle("stubborn", workers::ignoreInterrupts);
        workers.handle("waits", workers::waitForExit);
        workers.pool.resize();
        JobId stubborn = workers.begin("stubborn");
        workers.pass(WorkerFixture.TIMEOUT);
        watch.look();
        JobId waits = workers.begin("waits");
        workers.pass(workers.settings.cancelGrace());

        assertThatThrownBy(watch::look).hasMessage("the disk is full");
        watch.look();

        assertThat(given).containsExactly(1, 1);
        assertThat(workers.outcomes(stubborn)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        workers.pass(WorkerFixture.TIMEOUT);
        watch.look();
        workers.awaitOutcome(waits, new Outcome.TimedOut(WorkerFixture.TIMEOUT));
    }
}
