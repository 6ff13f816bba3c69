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

    /** A look at an entry at an instant; only the latest of an entry counts. */
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
    /** Its jobs that may not have ended, the latest first; null if the store has to be asked. */
    @Nullable
    List<JobId> open;
    /** Whether its times get their jobs one by one, since its owner may not have those of all that are due. */
    boolean singly;
    /** Times that are not made up for now; null if nothing was blocked yet. */
    @Nullable
    Held held;
    /** Why its latest time got no job, of those that its owner may not have; null if it got one. */
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
