// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.running.Outcome;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Decides which timeouts do not count as attempts: those of runs that stored a new step, up to a maximum number per job. The job's history
 * contains their number.
 */
final class ProgressRetries {

    private final JobReads reads;
    private final HandlerCatalog handlers;
    private final Supplier<SchedulerSettings> settings;

    ProgressRetries(JobReads reads, HandlerCatalog handlers, Supplier<SchedulerSettings> settings) {
        this.reads = reads;
        this.handlers = handlers;
        this.settings = settings;
    }

    /** Returns whether {@link #judge} must decide. */
    static boolean concerns(Outcome outcome) {
        return outcome instanceof Outcome.TimedOut timedOut && timedOut.storedStep();
    }

    /** Returns the outcome to store. Reads the store. */
    Outcome judge(StoredJob job, Outcome.TimedOut outcome) {
        int most = most(job.job().type());
        if (most == 0) {
            return new Outcome.TimedOut(outcome.limit());
        }
        long before = uncounted(job.id());
        return before < most
                ? new Outcome.Progressed("timed out after " + TermsChecks.seconds(outcome.limit())
                        + " s and stored new steps: the run does not count as an attempt (" + (before + 1)
                        + " of at most " + most + ")")
                : outcome;
    }

    private int most(String type) {
        TypeRules rules = handlers.typeRules().getOrDefault(type, TypeRules.NONE);
        return Objects.requireNonNullElse(
                rules.progressRetries(), settings.get().progressRetries());
    }

    /** Returns the number of such timeouts since the job was submitted, or retried by a user. */
    private long uncounted(JobId job) {
        long count = 0;
        for (HistoryEvent event : reads.history(job)) {
            if (event.from() != null && event.from().isFinished()) {
                count = 0;
            } else if (event.from() == JobStatus.RUNNING && event.reason() == Reason.PROGRESS) {
                count++;
            }
        }
        return count;
    }
}
