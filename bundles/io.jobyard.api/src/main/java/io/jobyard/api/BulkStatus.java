// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a bulk operation.
 *
 * @param by the requesting user, as in histories
 * @param endedAt time at which the operation ended; null while it runs
 * @param stoppedBy user who stopped the operation; null if no user stopped it
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
     * Progress of a bulk operation.
     *
     * @param done number of changed jobs
     * @param refused number of jobs that could not be changed, for example because the user's roles do not allow it
     * @param refusal latest reason for a refusal; null if no job was refused
     * @param reached creation time down to which jobs were processed, youngest first; null before the first job
     */
    public record BulkProgress(
            long done,
            long refused,
            @Nullable String refusal,
            @Nullable Instant reached) {}

    /** {@return whether the operation has finished; false while jobs remain} */
    public boolean isFinished() {
        return endedAt != null;
    }
}
