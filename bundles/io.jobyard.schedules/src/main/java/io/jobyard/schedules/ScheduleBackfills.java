// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.AccessException;
import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleEvent.ScheduleOutcome;
import io.jobyard.api.ValidationException;
import io.jobyard.schedules.ScheduleEntry.Held;
import io.jobyard.spi.schedules.FiredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.schedules.StoredSchedule.Backfill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Backfills of one schedule, which create jobs for past times one after the other. Only for the thread of the {@link ScheduleEngine}. */
final class ScheduleBackfills {

    private final ScheduleServices services;
    private final ScheduleWriter writer;

    ScheduleBackfills(ScheduleServices services, ScheduleWriter writer) {
        this.services = services;
        this.writer = writer;
    }

    /** Creates the job of the next past time. Returns whether a change is in flight. */
    boolean make(ScheduleEntry entry, Plan plan, Instant now) {
        Backfill backfill = entry.row.backfill();
        if (backfill == null || entry.holds(backfill, now) || backfill.job() != null && isOpen(backfill.job())) {
            return false;
        }
        Instant after = backfill.after();
        Optional<Instant> next = next(plan, backfill, after);
        while (next.isPresent() && hasJob(plan, next.get())) {
            after = next.get();
            next = next(plan, backfill, after);
        }
        if (next.isEmpty()) {
            StoredSchedule done = ScheduleRows.backfilled(entry.row, null);
            writer.store(entry, new ScheduleChange(entry.row, done, List.of(), null), List.of());
            return true;
        }
        return make(entry, plan, backfill, next.get());
    }

    private boolean make(ScheduleEntry entry, Plan plan, Backfill backfill, Instant time) {
        FiredJob job = new FiredJob(ScheduleChecks.fire(plan, time), ScheduleChecks.job(plan, time, null));
        try {
            writer.admit(
                    entry,
                    plan,
                    List.of(job),
                    (row, jobs) -> ScheduleRows.backfilled(
                            row,
                            new Backfill(
                                    time, backfill.to(), jobs.get(0).stored().id())),
                    new ArrayList<>(),
                    why -> hold(entry, plan, backfill, time, why));
        } catch (QuotaException e) {
            hold(entry, plan, backfill, time, String.valueOf(e.getMessage()));
            return false;
        } catch (AccessException | ValidationException e) {
            leaveOut(entry, plan, backfill, time, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private static Optional<Instant> next(Plan plan, Backfill backfill, Instant after) {
        return plan.timing().next(after).filter(time -> time.isBefore(backfill.to()));
    }

    private boolean hasJob(Plan plan, Instant time) {
        return services.store().jobOf(ScheduleChecks.fire(plan, time)).isPresent();
    }

    private boolean isOpen(JobId job) {
        return services.reads()
                .job(job)
                .filter(stored -> !stored.status().isFinished())
                .isPresent();
    }

    /** Postpones the backfill until the owner may have more jobs. Past times can wait. */
    private void hold(ScheduleEntry entry, Plan plan, Backfill backfill, Instant time, String why) {
        if (entry.held == null || !entry.held.backfill().equals(backfill)) {
            writer.tell(refused(plan, time, why));
        }
        entry.refusal = why;
        entry.held = new Held(backfill, services.clock().instant().plus(ScheduleKeeper.SOON));
    }

    private void leaveOut(ScheduleEntry entry, Plan plan, Backfill backfill, Instant time, String why) {
        StoredSchedule after = ScheduleRows.backfilled(entry.row, new Backfill(time, backfill.to(), backfill.job()));
        writer.store(entry, new ScheduleChange(entry.row, after, List.of(), null), List.of(refused(plan, time, why)));
    }

    private static ScheduleEvent refused(Plan plan, Instant time, String why) {
        Fire fire = ScheduleChecks.fire(plan, time);
        return new ScheduleEvent(ScheduleOutcome.REFUSED, fire, 1, Duration.ZERO, null, why);
    }
}
