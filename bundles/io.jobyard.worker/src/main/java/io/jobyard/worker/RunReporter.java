// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.Outcome;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores a run's output while it runs, and then its outcome. */
final class RunReporter {

    private static final Logger LOG = LoggerFactory.getLogger(RunReporter.class);

    private final RunOutputs outputs;
    private final JobScheduler scheduler;

    RunReporter(RunOutputs outputs, JobScheduler scheduler) {
        this.outputs = outputs;
        this.scheduler = scheduler;
    }

    /** Stores the outcome. The future completes when it is stored, or cannot be stored. */
    CompletableFuture<Boolean> finish(Run run, Outcome outcome) {
        try {
            outputs.finish(run);
            return scheduler.finish(run.assignment, run.startedAt(), outcome);
        } catch (RuntimeException | Error e) {
            LOG.error("The outcome of job {} was not accepted; the job is requeued at the next start", run.id(), e);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Stores lines that the handler has written to its job's log. */
    void log(Run run) {
        outputs.logs().keep(run);
    }
}
