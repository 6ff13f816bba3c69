// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.EndReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs that are inside a service of another bundle. The service is released once they have left it. */
final class RunsInside {

    private static final Logger LOG = LoggerFactory.getLogger(RunsInside.class);

    private final SignallingLock lock = new SignallingLock();
    private final Set<Run> runs = new HashSet<>();
    private boolean closed;

    int count() {
        return lock.ask(runs::size);
    }

    /** Enters the service. Returns false if the service is being released; then the run must not call it. */
    boolean enter(Run run) {
        return lock.ask(() -> !closed && runs.add(run));
    }

    void exit(Run run) {
        lock.change(() -> runs.remove(run));
    }

    /**
     * Rejects further runs, waits for the current runs, then interrupts them. Returns when all have left or were abandoned.
     *
     * @return number of runs that did not leave
     */
    int drain(Duration timeout, Duration grace) throws InterruptedException {
        lock.change(() -> closed = true);
        if (!lock.await(runs::isEmpty, timeout)) {
            for (Run run : lock.ask(() -> List.copyOf(runs))) {
                run.end(EndReason.GIVEN_BACK);
                run.cancelStage();
            }
            lock.await(runs::isEmpty, grace);
        }
        return count();
    }

    /** Drains the service and logs the result. */
    void letGo(String service, WorkerSettings settings) {
        try {
            int left = drain(settings.drainTimeout(), settings.cancelGrace());
            if (left == 0) {
                LOG.debug("{} removed", service);
            } else {
                LOG.warn("{} removed, but {} of its runs did not end when interrupted", service, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("{} removed before its runs were drained; the host interrupted the runs", service);
        }
    }
}
