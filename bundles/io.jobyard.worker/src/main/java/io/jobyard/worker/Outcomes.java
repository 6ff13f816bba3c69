// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.spi.Outcome;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each run's outcome to where it is stored, once. Safe for use by several threads. */
final class Outcomes {

    /** Where runs tell what is to be stored; the outcome's future completes when it is. */
    interface Sink {
        CompletableFuture<Boolean> finish(Run run, Outcome outcome);

        /** Stores what the handler has written to its job's log. */
        void log(Run run);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    private final Sink sink;
    private final SignallingLock lock;
    private final TrackedRuns runs;

    Outcomes(Sink sink, SignallingLock lock, TrackedRuns runs) {
        this.sink = sink;
        this.lock = lock;
        this.runs = runs;
    }

    /** False if the run has an outcome already; then this one is dropped. */
    boolean decide(Run run, Outcome outcome) {
        if (!run.decide()) {
            return false;
        }
        lock.change(runs::outcomeSent);
        sent(run, outcome).whenComplete((accepted, fault) -> lock.change(() -> runs.outcomeStored(run)));
        return true;
    }

    private CompletableFuture<Boolean> sent(Run run, Outcome outcome) {
        try {
            return sink.finish(run, outcome);
        } catch (RuntimeException | Error e) {
            LOG.error("The outcome of job {} was not taken; it goes back at the next start", run.id(), e);
            return CompletableFuture.failedFuture(e);
        }
    }

    void log(Run run) {
        sink.log(run);
    }
}
