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
     * Whether the job accepts the signal: any, unless the job has ended; for a callback only the first answer, while the callback is open.
     *
     * @return false if it is not stored
     * @throws QuotaException if too many others are unused
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

    /** Whether the job waits for the signal, and must be moved. */
    public boolean isWokenBy(String name) {
        return job.status() == JobStatus.WAITING && RESTS.contains(job.reason()) && awaited.contains(name);
    }
}
