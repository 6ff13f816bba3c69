// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.bulk;

import io.jobyard.api.BulkRequest;
import io.jobyard.api.JobId;
import io.jobyard.spi.access.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is done to many jobs, as it is stored.
 *
 * @param number counts them, from 1; 0 before it is stored
 * @param caller who asked: it is done with the rights that this caller has when it is done
 * @param endedAt when it was over; null while it is at work
 * @param stoppedBy who asked to stop it; null if nobody did
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
     * How far it is.
     *
     * @param after the last job that was looked at; null before the first
     * @param done to how many it was done
     * @param refused how many refused it
     * @param refusal what the latest of these said; null if there is none
     */
    public record BulkPosition(
            @Nullable JobId after,
            long done,
            long refused,
            @Nullable String refusal) {}

    /** What somebody asks now, before it is stored. */
    public static StoredBulk asked(BulkRequest request, Caller caller, Instant now) {
        return new StoredBulk(0, request, caller, now, new BulkPosition(null, 0, 0, null), null, null);
    }

    /** The same with the number that the store gave it. */
    public StoredBulk numbered(int value) {
        return new StoredBulk(value, request, caller, askedAt, position, endedAt, stoppedBy);
    }

    /**
     * The same, further on.
     *
     * @param last the last job that was looked at
     * @param doneMore to how many it was done since
     * @param refusedMore how many refused it since
     * @param why what the latest of these said; null if there is none
     */
    public StoredBulk further(@Nullable JobId last, long doneMore, long refusedMore, @Nullable String why) {
        BulkPosition further = new BulkPosition(
                last == null ? position.after : last,
                position.done + doneMore,
                position.refused + refusedMore,
                why == null ? position.refusal : why);
        return new StoredBulk(number, request, caller, askedAt, further, endedAt, stoppedBy);
    }

    /** The same, over since then. */
    public StoredBulk ended(Instant now) {
        return new StoredBulk(number, request, caller, askedAt, position, now, stoppedBy);
    }

    /** The same, which somebody asked to stop. */
    public StoredBulk stopped(String who) {
        return new StoredBulk(number, request, caller, askedAt, position, endedAt, who);
    }
}
