// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;

/**
 * Rule for the effect of a signal, which all stores use.
 *
 * @param awaited signals that end the job's current waits
 * @param untaken names of the job's unused signals
 */
public record SignalRule(StoredJob job, List<String> awaited, List<String> untaken) {

    private static final List<Reason> RESTS = List.of(Reason.SIGNAL, Reason.CALLBACK);

    public SignalRule {
        awaited = List.copyOf(awaited);
        untaken = List.copyOf(untaken);
    }

    /**
     * Returns whether the job accepts the signal. A finished job accepts none. An open callback accepts only the first answer.
     *
     * @return false if the signal must not be stored
     * @throws QuotaException if the job has too many unused signals
     */
    public boolean takes(String name) {
        if (job.status().isFinished()) {
            return false;
        }
        if (CallbackToken.isName(name)) {
            return awaited.contains(name) && !untaken.contains(name);
        }
        if (untaken.stream().filter(other -> !CallbackToken.isName(other)).count() >= WorkStore.MAX_SIGNALS) {
            throw new QuotaException(
                    "job " + job.id() + " has " + WorkStore.MAX_SIGNALS
                            + " signals that it has not received yet; this signal was not stored: try again when it has received some");
        }
        return true;
    }

    /** Returns whether the job waits for the signal, so that it must be moved. */
    public boolean isWokenBy(String name) {
        return job.status() == JobStatus.WAITING && RESTS.contains(job.reason()) && awaited.contains(name);
    }
}
