// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.JobId;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.schedules.StoredSchedule.Backfill;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schedule as the leader keeps it. Changed by the thread of the {@link ScheduleEngine}; others read its row, plan and refusal. */
final class ScheduleEntry {

    /** A planned visit of an entry; only the latest one of an entry counts. */
    record Wake(ScheduleEntry entry, Instant at) implements Comparable<Wake> {

        @Override
        public int compareTo(Wake other) {
            return at.compareTo(other.at);
        }
    }

    /** Past times that get no more jobs before an instant, because their owner may not have any. */
    record Held(Backfill backfill, Instant until) {}

    volatile StoredSchedule row;
    /** Plan of the schedule; null while it has no definition. */
    @Nullable
    volatile Plan plan;
    /** Time since which no source defines the schedule; null while one does. */
    @Nullable
    Instant absentSince;
    /** Whether a change of it is on its way to the store. */
    boolean busy;
    /** Whether the row in the store may be another one. */
    boolean stale;
    /** Whether a failed change may have been stored after all. */
    boolean doubtful;
    /** The latest look that was asked for. */
    @Nullable
    Wake wake;
    /** End of its last job, for a schedule that counts from it; null before. */
    @Nullable
    Instant ended;
    /** Its possibly unfinished jobs, latest first; null if the store must be read. */
    @Nullable
    List<JobId> open;
    /** Whether its times get their jobs one by one, because its owner may lack room for all due jobs. */
    boolean singly;
    /** Times that are not made up for now; null if nothing was blocked yet. */
    @Nullable
    Held held;
    /** Why its latest time got no job, because of the owner's permissions or quotas; null if it got one. */
    @Nullable
    volatile String refusal;

    ScheduleEntry(StoredSchedule row) {
        this.row = row;
    }

    /** Base of the next time; empty while that waits for the end of a job. */
    Optional<Instant> base(Plan by) {
        if (!by.timing().isFromEnd() || row.fires().lastJob() == null) {
            return Optional.of(by.base(row));
        }
        return Optional.ofNullable(ended).map(end -> IntervalTiming.max(end, by.base(row)));
    }

    boolean holds(Backfill backfill, Instant now) {
        return held != null && held.backfill().equals(backfill) && now.isBefore(held.until());
    }

    boolean waitsFor(JobId job) {
        return job.equals(row.fires().lastJob());
    }
}
