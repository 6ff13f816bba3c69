// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import io.jobyard.benchmarks.floor.Rows.JobAt;
import org.jspecify.annotations.Nullable;

/** What the host has read with a job when it writes its next step. Times are microseconds since 1970 UTC. */
final class KnownJob {

    private final long createdAt;
    private @Nullable Long readyAt;
    private String trail = "";

    KnownJob(long createdAt) {
        this.createdAt = createdAt;
    }

    void queued(long now) {
        readyAt = now;
    }

    /** Null if it was not queued yet. */
    @Nullable
    Long readyAt() {
        return readyAt;
    }

    /** Its history with one line more, in the form that the store gives it. */
    String trail(JobAt job, String from, String to, String rest) {
        trail += (job.version() + 1) + " " + letters(from) + ">" + letters(to) + " " + job.run() + "/" + job.run()
                + " +" + (job.now() - createdAt) + rest + "\n";
        return trail;
    }

    private static String letters(String status) {
        return status.isEmpty() ? "" : status.substring(0, 2);
    }
}
