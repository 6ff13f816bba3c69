// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Stored handler versions of a job, in addition to the version of its first run.
 *
 * @param madeFor version that the payload was made for; null if no handler was known at the submit
 * @param form first version with the same form of payloads, by the migrators known at the submit; null if none was known
 * @param canary whether the latest run began as a canary's. If the job has no version of its first run, it has left the canary and does not
 * return
 */
public record JobVersions(
        @Nullable String madeFor, @Nullable String form, boolean canary) {

    /** No known versions. */
    public static final JobVersions NONE = new JobVersions(null, null, false);

    /** Returns a copy with another latest run, which began as a canary's or not. */
    public JobVersions withCanary(boolean began) {
        return began == canary ? this : new JobVersions(madeFor, form, began);
    }
}
