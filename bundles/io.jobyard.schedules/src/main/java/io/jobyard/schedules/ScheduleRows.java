// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.api.SchedulePause;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.schedules.StoredSchedule.Backfill;
import io.jobyard.spi.store.AdmittedJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Next versions of a schedule's row. */
final class ScheduleRows {

    private ScheduleRows() {}

    /** Returns the row of a new schedule. Its times begin now or at its start. */
    static StoredSchedule begun(Plan plan, Instant now) {
        return new StoredSchedule(
                plan.name(),
                1,
                plan.isFromFile() ? null : Definition.write(plan),
                plan.timing().text(),
                new StoredSchedule.FireProgress(begin(plan, now), null, null, 0),
                null,
                null);
    }

    /** Returns the row with another definition. If its times differ, they start again from now. */
    static StoredSchedule changed(StoredSchedule row, Plan plan, Instant now) {
        boolean sameTimes = row.timing().equals(plan.timing().text());
        return new StoredSchedule(
                row.name(),
                row.version() + 1,
                plan.isFromFile() ? null : Definition.write(plan),
                plan.timing().text(),
                sameTimes
                        ? row.fires()
                        : new StoredSchedule.FireProgress(
                                begin(plan, now),
                                row.fires().lastFire(),
                                row.fires().lastJob(),
                                0),
                row.pause(),
                sameTimes ? row.backfill() : null);
    }

    private static Instant begin(Plan plan, Instant now) {
        return micros(plan.timing().begin(micros(now), plan.asked().bounds().start()));
    }

    static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns the row with decided times and their jobs, and the number of times that were skipped because of an earlier job. */
    static StoredSchedule decided(StoredSchedule row, Instant decided, List<AdmittedJob> jobs, int skipped) {
        JobId lastJob = row.fires().lastJob();
        Instant lastFire = row.fires().lastFire();
        for (AdmittedJob job : jobs) {
            Fire fire = job.stored().job().terms().identity().fire();
            if (fire != null && (lastFire == null || !fire.at().isBefore(lastFire))) {
                lastFire = fire.at();
                lastJob = job.stored().id();
            }
        }
        int overlaps = jobs.isEmpty() ? row.fires().overlaps() + skipped : skipped;
        SchedulePause pause = row.pause();
        boolean isFinished = pause != null && pause.until() != null && !decided.isBefore(pause.until());
        return new StoredSchedule(
                row.name(),
                row.version() + 1,
                row.definition(),
                row.timing(),
                new StoredSchedule.FireProgress(decided, lastFire, lastJob, overlaps),
                isFinished ? null : pause,
                row.backfill());
    }

    static StoredSchedule paused(StoredSchedule row, @Nullable SchedulePause pause, Instant decided) {
        return new StoredSchedule(
                row.name(),
                row.version() + 1,
                row.definition(),
                row.timing(),
                new StoredSchedule.FireProgress(
                        decided,
                        row.fires().lastFire(),
                        row.fires().lastJob(),
                        row.fires().overlaps()),
                pause,
                row.backfill());
    }

    static StoredSchedule backfilled(StoredSchedule row, @Nullable Backfill backfill) {
        return new StoredSchedule(
                row.name(), row.version() + 1, row.definition(), row.timing(), row.fires(), row.pause(), backfill);
    }
}
