// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.schedules.StoredSchedule;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schedule as the steward keeps it. Changed by the thread of the {@link ScheduleEngine}; others read its row, plan and refusal. */
final class ScheduleEntry {

    /** A look at an entry at an instant; only the latest of an entry counts. */
    record Wake(ScheduleEntry entry, Instant at) implements Comparable<Wake> {

        @Override
        public int compareTo(Wake other) {
            return at.compareTo(other.at);
        }
    }

    volatile StoredSchedule row;
    /** What it does; null if nobody says that at present. */
    @Nullable
    volatile Plan plan;
    /** Since when nobody says what it does; null while somebody does. */
    @Nullable
    Instant absentSince;
    /** Whether a change of it is on its way to the store. */
    boolean busy;
    /** Whether the row in the store may be another one. */
    boolean stale;
    /** Whether what was tried may have been stored after all. */
    boolean doubtful;
    /** The latest look that was asked for. */
    @Nullable
    Wake wake;
    /** When its last job ended, of one that counts from there; null while it has not. */
    @Nullable
    Instant ended;
    /** Why its latest time got no job, of those that its owner may not have; null if it got one. */
    @Nullable
    volatile String refusal;

    ScheduleEntry(StoredSchedule row) {
        this.row = row;
    }

    /** What its next time counts from; empty while that waits for the end of a job. */
    Optional<Instant> base(Plan by) {
        if (!by.timing().isFromEnd() || row.lastJob() == null) {
            return Optional.of(by.base(row));
        }
        return Optional.ofNullable(ended).map(end -> IntervalTiming.max(end, by.base(row)));
    }

    boolean waitsFor(JobId job) {
        return job.equals(row.lastJob());
    }
}
