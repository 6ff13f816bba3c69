// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Handlers that the ready jobs of a lane may get.
 *
 * @param range range for the handler; null for any
 * @param begunWith the version that the jobs began with, which they keep while a host serves it; null for jobs that have not begun
 * @param canary whether that version was a canary's when they began
 */
public record WantedHandler(
        @Nullable String range, @Nullable String begunWith, boolean canary) {

    /** Any handler of the type. */
    public static final WantedHandler ANY = in(null);

    /** Returns the wish of jobs that have not begun, for any handler in a range; null for any. */
    public static WantedHandler in(@Nullable String range) {
        return new WantedHandler(range, null, false);
    }

    /** Returns the handlers that a job may get at its next start. Running and final jobs have no next start, so they are all equal. */
    static WantedHandler of(StoredJob job) {
        JobStatus status = job.job().status();
        String range = job.job().terms().routing().handlerVersion();
        String begunWith = job.job().state().run().begunWith();
        return begunWith == null || status == JobStatus.RUNNING || status.isFinished()
                ? in(range)
                : new WantedHandler(range, begunWith, job.books().versions().canary());
    }
}
