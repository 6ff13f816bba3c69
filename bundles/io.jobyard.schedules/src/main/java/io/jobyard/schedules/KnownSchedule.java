// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.SchedulePause;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.spi.schedules.StoredSchedule;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stored schedule with its plan. */
record KnownSchedule(StoredSchedule row, Plan plan) {

    /** Returns the schedule; empty if its file was removed, or exists only on another host. */
    static Optional<KnownSchedule> of(StoredSchedule row, Configured configured) {
        return Optional.ofNullable(plan(row, configured)).map(plan -> new KnownSchedule(row, plan));
    }

    /** Returns the plan of a schedule; null if neither its row nor a file defines it. */
    static @Nullable Plan plan(StoredSchedule row, Configured configured) {
        return row.definition() == null
                ? configured.plan(row.name())
                : Definition.read(row.name(), row.definition()).with(configured.calendars());
    }

    void requireAdded() {
        if (plan.isFromFile()) {
            throw new StateConflictException("schedule " + plan.name() + " is from a file: change etc/"
                    + ScheduleSettings.FACTORY + "-" + plan.name() + ".cfg");
        }
    }

    ScheduleStatus status(Instant now) {
        SchedulePause pause = Plan.pause(row, now);
        boolean waits = plan.timing().isFromEnd() && row.fires().lastJob() != null;
        return new ScheduleStatus(
                plan.asked(),
                plan.isFromFile(),
                plan.owner().name(),
                new ScheduleStatus.ScheduleTimes(
                        pause != null || waits
                                ? null
                                : plan.next(plan.base(row)).orElse(null),
                        row.fires().lastFire(),
                        row.fires().lastJob(),
                        row.fires().overlaps()),
                pause,
                row.backfill() == null ? null : row.backfill().after());
    }
}
