// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far something is that is done to many jobs.
 *
 * @param by who asked, as histories name people
 * @param endedAt when it was over; null while it is at work
 * @param stoppedBy who stopped it; null if nobody did
 */
public record BulkStatus(
        int number,
        BulkRequest request,
        String by,
        Instant askedAt,
        BulkProgress progress,
        @Nullable Instant endedAt,
        @Nullable String stoppedBy) {

    /**
     * What is done by now.
     *
     * @param done to how many jobs it was done
     * @param refused how many refused it, such as those that the asker's roles do not allow
     * @param refusal what the latest of these said; null if there is none
     * @param reached the time of creation down to which jobs were looked at; null before the first
     */
    public record BulkProgress(
            long done,
            long refused,
            @Nullable String refusal,
            @Nullable Instant reached) {}

    /**
     * Whether it is over.
     *
     * @return false while jobs are left
     */
    public boolean isFinished() {
        return endedAt != null;
    }
}
