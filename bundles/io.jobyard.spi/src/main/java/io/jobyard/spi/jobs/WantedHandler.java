// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.limits.NamedLimit;
import org.jspecify.annotations.Nullable;

/**
 * Handlers that the ready jobs of a lane may get.
 *
 * @param range version range of the handler; null for any
 * @param begunWith version of the first run, which the jobs keep while a host serves it; {@value #ANY_VERSION} for jobs that have begun
 *     but keep no version, if a limit counts their value separately; null for all other jobs
 * @param canary whether that version was a canary's at the first run
 */
public record WantedHandler(
        @Nullable String range, @Nullable String begunWith, boolean canary) {

    /** Value for jobs that have begun and may continue with any version. */
    static final String ANY_VERSION = "*";

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
        if (status == JobStatus.RUNNING || status.isFinished()) {
            return in(range);
        }
        if (begunWith == null) {
            return hasBegunWithValue(job) ? new WantedHandler(range, ANY_VERSION, false) : in(range);
        }
        return new WantedHandler(range, begunWith, job.books().versions().canary());
    }

    private static boolean hasBegunWithValue(StoredJob job) {
        return job.run() > 0
                && job.job().terms().demand().limits().stream().anyMatch(limit -> NamedLimit.hasValue(limit));
    }

    /** Returns whether the jobs have begun. For jobs that keep no version, this is known only if a limit counts their value separately. */
    public boolean hasBegun() {
        return begunWith != null;
    }

    /** Returns the version of the first run, which the jobs keep while a host serves it; null if they keep none. */
    public @Nullable String keptVersion() {
        return ANY_VERSION.equals(begunWith) ? null : begunWith;
    }
}
