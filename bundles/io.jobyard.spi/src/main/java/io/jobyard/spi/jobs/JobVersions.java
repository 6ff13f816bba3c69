// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Stored handler versions of a job, in addition to the one that the job began with.
 *
 * @param madeFor the version that the payload was made for; null if no handler was known at the submit
 * @param form the first version with the same form of payloads, by the migrators that were known at the submit; null if none was
 * @param canary whether the latest run began as a canary's. If the job has no version that it began with, it has left the canary and does
 *     not return
 */
public record JobVersions(
        @Nullable String madeFor, @Nullable String form, boolean canary) {

    /** Versions of a job without known ones. */
    public static final JobVersions NONE = new JobVersions(null, null, false);

    /** Returns a copy with another latest run, which began as a canary's or not. */
    public JobVersions withCanary(boolean began) {
        return began == canary ? this : new JobVersions(madeFor, form, began);
    }
}
