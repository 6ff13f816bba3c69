// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;

/**
 * Rule of all stores for the effect of a signal.
 *
 * @param job the receiving job
 * @param awaited the signals that end its current waits
 * @param untaken the names of its unused signals
 */
public record SignalRule(StoredJob job, List<String> awaited, List<String> untaken) {

    private static final List<Reason> RESTS = List.of(Reason.SIGNAL, Reason.CALLBACK);

    public SignalRule {
        awaited = List.copyOf(awaited);
        untaken = List.copyOf(untaken);
    }

    /**
     * Whether the job takes it: any, unless the job has ended; but of answers to a callback the first one, while the callback is open.
     *
     * @param name the signal
     * @return false if it is not stored
     * @throws QuotaException if too many others wait to be taken
     */
    public boolean takes(String name) {
        if (job.status().isFinished()) {
            return false;
        }
        if (CallbackToken.isName(name)) {
            return awaited.contains(name) && !untaken.contains(name);
        }
        if (untaken.stream().filter(other -> !CallbackToken.isName(other)).count() >= WorkStore.MAX_SIGNALS) {
            throw new QuotaException("job " + job.id() + " has " + WorkStore.MAX_SIGNALS
                    + " signals that it has not taken; this one was not stored: try again when it has taken some");
        }
        return true;
    }

    /**
     * Whether the job rests until it comes.
     *
     * @param name the signal
     * @return true if the job is to be moved on
     */
    public boolean isWokenBy(String name) {
        return job.status() == JobStatus.WAITING && RESTS.contains(job.reason()) && awaited.contains(name);
    }
}
