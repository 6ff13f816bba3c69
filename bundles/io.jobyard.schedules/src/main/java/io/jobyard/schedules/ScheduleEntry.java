// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.JobId;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.schedules.StoredSchedule.Backfill;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Schedule in the leader's memory. Only the thread of the {@link ScheduleEngine} changes it; other threads read its row, plan and refusal.
 */
final class ScheduleEntry {

    /** Planned visit of an entry. Only the latest one counts. */
    record Wake(ScheduleEntry entry, Instant at) implements Comparable<Wake> {

        @Override
        public int compareTo(Wake other) {
            return at.compareTo(other.at);
        }
    }

    /** Past times that get no jobs before an instant, because the owner may not have more jobs. */
    record Held(Backfill backfill, Instant until) {}

    volatile StoredSchedule row;
    /** Plan of the schedule; null while it has no definition. */
    @Nullable
    volatile Plan plan;
    /** Time since which no source defines the schedule; null while one does. */
    @Nullable
    Instant absentSince;
    /** Whether a change of the schedule is in flight. */
    boolean busy;
    /** Whether the stored row may differ. */
    boolean stale;
    /** Whether a failed change may have been stored after all. */
    boolean doubtful;
    /** Latest planned visit. */
    @Nullable
    Wake wake;
    /** End of the last job, for a schedule whose times count from it; null before. */
    @Nullable
    Instant ended;
    /** Possibly unfinished jobs, latest first; null if they must be read from the store. */
    @Nullable
    List<JobId> open;
    /** Whether times get their jobs one by one, because the owner's quota does not allow all due jobs. */
    boolean singly;
    /** Times that get no jobs for now; null if nothing was blocked yet. */
    @Nullable
    Held held;
    /** Reason why the latest time got no job: the owner's permissions or quotas; null if it got a job. */
    @Nullable
    volatile String refusal;

    ScheduleEntry(StoredSchedule row) {
        this.row = row;
    }

    /** Returns the base of the next time; empty while the next time waits for the end of a job. */
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
