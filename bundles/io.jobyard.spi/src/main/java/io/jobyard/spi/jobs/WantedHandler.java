// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Handlers that the ready jobs of a lane may get.
 *
 * @param range version range of the handler; null for any
 * @param begunWith version of the first run, which the jobs keep while a host serves it; null for jobs that have not begun
 * @param canary whether that version was a canary's at the first run
 */
public record WantedHandler(
        @Nullable String range, @Nullable String begunWith, boolean canary) {

    /** Any handler of the type. */
    public static final WantedHandler ANY = in(null);

    /**
     * Returns the value for jobs that have not begun.
     *
     * @param range version range; null for any
     */
    public static WantedHandler in(@Nullable String range) {
        return new WantedHandler(range, null, false);
    }

    /**
     * Returns the handlers that a job may get at its next start. Running and finished jobs have no next start, so their values are all
     * equal.
     */
    static WantedHandler of(StoredJob job) {
        JobStatus status = job.job().status();
        String range = job.job().terms().routing().handlerVersion();
        String begunWith = job.job().state().run().begunWith();
        return begunWith == null || status == JobStatus.RUNNING || status.isFinished()
                ? in(range)
                : new WantedHandler(range, begunWith, job.books().versions().canary());
    }
}
