// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.bulk;

import io.jobyard.api.BulkRequest;
import io.jobyard.api.JobId;
import io.jobyard.spi.access.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stored bulk operation.
 *
 * @param number number of the operation, from 1; 0 before it is stored
 * @param caller requesting caller; each change uses the caller's permissions at that moment
 * @param endedAt time of its end; null while it runs
 * @param stoppedBy caller that stopped it; null for none
 */
public record StoredBulk(
        int number,
        BulkRequest request,
        Caller caller,
        Instant askedAt,
        BulkPosition position,
        @Nullable Instant endedAt,
        @Nullable String stoppedBy) {

    /**
     * Progress of an operation.
     *
     * @param after the last processed job; null before the first
     * @param done number of changed jobs
     * @param refused number of jobs that could not be changed
     * @param refusal the latest reason; null for none
     */
    public record BulkPosition(
            @Nullable JobId after,
            long done,
            long refused,
            @Nullable String refusal) {}

    /** Creates a new request, before it is stored. */
    public static StoredBulk asked(BulkRequest request, Caller caller, Instant now) {
        return new StoredBulk(0, request, caller, now, new BulkPosition(null, 0, 0, null), null, null);
    }

    /** Returns a copy with the number from the store. */
    public StoredBulk numbered(int value) {
        return new StoredBulk(value, request, caller, askedAt, position, endedAt, stoppedBy);
    }

    /**
     * Returns a copy with further progress.
     *
     * @param last the last processed job; null for none
     * @param doneMore number of jobs changed since
     * @param refusedMore number of jobs that could not be changed since
     * @param why the latest reason; null for none
     */
    public StoredBulk further(@Nullable JobId last, long doneMore, long refusedMore, @Nullable String why) {
        BulkPosition further = new BulkPosition(
                last == null ? position.after : last,
                position.done + doneMore,
                position.refused + refusedMore,
                why == null ? position.refusal : why);
        return new StoredBulk(number, request, caller, askedAt, further, endedAt, stoppedBy);
    }

    /** Returns a copy that has finished. */
    public StoredBulk ended(Instant now) {
        return new StoredBulk(number, request, caller, askedAt, position, now, stoppedBy);
    }

    /** Returns a copy that a user has stopped. */
    public StoredBulk stopped(String who) {
        return new StoredBulk(number, request, caller, askedAt, position, endedAt, who);
    }
}
