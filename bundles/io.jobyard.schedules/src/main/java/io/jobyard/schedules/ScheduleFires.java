// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.AccessException;
import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleEvent.Kind;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Futures;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.schedules.FiredJob;
import io.jobyard.api.spi.schedules.ScheduleChange;
import io.jobyard.api.spi.schedules.StoredSchedule;
import io.jobyard.api.spi.schedules.StoredSchedule.Backfill;
import io.jobyard.api.spi.scheduling.AdmittedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the jobs of one schedule that are due. For the thread of the {@link ScheduleEngine}. */
final class ScheduleFires {

    /**
     * Hears what became of a change of an entry, on any thread. What is to be done then is for the engine's; nothing is, if the
     * schedule had changed meanwhile.
     */
    interface Settled {
        void settled(ScheduleEntry entry, @Nullable Throwable fault, @Nullable Runnable then);
    }

    private final ScheduleServices services;
    private final ScheduleEvents events;
    private final Map<JobId, String> awaited;
    private final Settled settled;

    /** @param awaited gets the jobs whose ends are waited for */
    ScheduleFires(ScheduleServices services, ScheduleEvents events, Map<JobId, String> awaited, Settled settled) {
        this.services = services;
        this.events = events;
        this.awaited = awaited;
        this.settled = settled;
    }

    /** Looks whether the job has ended from whose end the next time counts; if not, its end is waited for. */
    void learnEnd(ScheduleEntry entry, Plan plan) {
        JobId last = entry.row.lastJob();
        if (!plan.timing().isFromEnd() || last == null || entry.ended != null) {
            return;
        }
        awaited.put(last, plan.name());
        Optional<StoredJob> job = services.reads().job(last);
        if (job.isEmpty() || job.get().status().isFinal()) {
            awaited.remove(last);
            entry.ended = job.map(StoredJob::changedAt).orElse(entry.row.decided());
        }
    }

    /** Whether something was due, and is on its way. */
    boolean make(ScheduleEntry entry, Plan plan, Instant now) {
        Instant base = entry.base(plan).orElse(null);
        if (base == null) {
            return false;
        }
        DueTimes due = plan.timing().isFromEnd() ? DueTimes.afterEnd(plan, base, now) : DueTimes.of(plan, base, now);
        if (due.isNothing(base)) {
            return false;
        }
        List<Instant> times = due.made().stream()
                .filter(time -> !entry.doubtful || !hasJob(ScheduleChecks.fire(plan, time)))
                .toList();
        List<ScheduleEvent> told = new ArrayList<>();
        if (due.missed() > 0) {
            told.add(event(Kind.MISSED, plan, due.decided(), due.missed(), Duration.ZERO, ""));
        }
        try {
            FiredJobs fired = FiredJobs.of(plan, entry.row, times, services);
            if (fired.skipped() > 0) {
                told.add(event(
                        Kind.SKIPPED,
                        plan,
                        due.decided(),
                        fired.skipped(),
                        Duration.ZERO,
                        "an earlier job has not ended"));
            }
            admit(
                    entry,
                    plan,
                    fired.jobs(),
                    (row, jobs) -> ScheduleRows.decided(row, due.decided(), jobs, fired.skipped()),
                    told,
                    why -> refused(entry, plan, due.decided(), why));
        } catch (AccessException | ValidationException | QuotaException e) {
            refused(entry, plan, due.decided(), String.valueOf(e.getMessage()));
        }
        return true;
    }

    /** Asked of those that were tried before, and of those that are made up for. */
    private boolean hasJob(Fire fire) {
        return services.store().jobOf(fire).isPresent();
    }

    private void refused(ScheduleEntry entry, Plan plan, Instant decided, String why) {
        StoredSchedule after = ScheduleRows.decided(entry.row, decided, List.of(), 0);
        List<ScheduleEvent> told = List.of(event(Kind.REFUSED, plan, decided, 1, Duration.ZERO, why));
        store(entry, new ScheduleChange(entry.row, after, List.of(), null), told);
        entry.refusal = why;
    }

    /** @param refused decides what becomes of the times if the owner may not have the jobs */
    private void admit(
            ScheduleEntry entry,
            Plan plan,
            List<FiredJob> jobs,
            BiFunction<StoredSchedule, List<AdmittedJob>, StoredSchedule> decide,
            List<ScheduleEvent> told,
            Consumer<String> refused) {
        StoredSchedule before = entry.row;
        if (jobs.isEmpty()) {
            store(entry, new ScheduleChange(before, decide.apply(before, List.of()), List.of(), null), told);
            return;
        }
        CompletableFuture<StoredSchedule> after = new CompletableFuture<>();
        entry.busy = true;
        CompletableFuture<Boolean> stored;
        try {
            stored = services.admission().admit(plan.owner(), jobs, admitted -> {
                StoredSchedule row = decide.apply(before, admitted);
                after.complete(row);
                if (plan.timing().isFromEnd() && row.lastJob() != null) {
                    awaited.put(row.lastJob(), plan.name());
                }
                Instant now = services.clock().instant();
                admitted.forEach(job -> told.add(fired(plan, job, now)));
                return services.store().store(new ScheduleChange(before, row, admitted, null));
            });
        } catch (RuntimeException e) {
            entry.busy = false;
            throw e;
        }
        entry.refusal = null;
        stored.whenComplete((done, fault) -> {
            Throwable cause = fault == null ? null : Futures.cause(fault);
            if (cause instanceof QuotaException) { // other hosts let such jobs in too
                settled.settled(entry, null, () -> refused.accept(String.valueOf(cause.getMessage())));
            } else {
                settle(entry, after, done, cause, told);
            }
        });
    }

    /** Stores a change that makes no job. */
    void store(ScheduleEntry entry, ScheduleChange change, List<ScheduleEvent> told) {
        entry.busy = true;
        CompletableFuture<StoredSchedule> after = CompletableFuture.completedFuture(change.after());
        services.store().store(change).whenComplete((done, fault) -> settle(entry, after, done, fault, told));
    }

    private void settle(
            ScheduleEntry entry,
            CompletableFuture<StoredSchedule> after,
            @Nullable Boolean done,
            @Nullable Throwable fault,
            List<ScheduleEvent> told) {
        if (!Boolean.TRUE.equals(done)) {
            settled.settled(entry, fault, null);
            return;
        }
        settled.settled(entry, null, () -> {
            StoredSchedule row = after.join();
            if (row != null) {
                entry.ended = row.lastJob() != null && row.lastJob().equals(entry.row.lastJob()) ? entry.ended : null;
                entry.row = row;
            }
            told.forEach(events::tell);
        });
    }

    /** Makes the next of the past times that are made up for. Whether something is on its way. */
    boolean makeUp(ScheduleEntry entry, Plan plan, Instant now) {
        Backfill backfill = entry.row.backfill();
        if (backfill == null || backfill.job() != null && isOpen(backfill.job())) {
            return false;
        }
        Instant after = backfill.after();
        Optional<Instant> next = next(plan, backfill, after);
        while (next.isPresent() && hasJob(ScheduleChecks.fire(plan, next.get()))) {
            after = next.get();
            next = next(plan, backfill, after);
        }
        if (next.isEmpty()) {
            StoredSchedule done = ScheduleRows.backfilled(entry.row, null);
            store(entry, new ScheduleChange(entry.row, done, List.of(), null), List.of());
            return true;
        }
        Instant time = next.get();
        FiredJob job = new FiredJob(ScheduleChecks.fire(plan, time), ScheduleChecks.job(plan, time, null));
        try {
            admit(
                    entry,
                    plan,
                    List.of(job),
                    (row, jobs) -> ScheduleRows.backfilled(
                            row,
                            new Backfill(
                                    time, backfill.to(), jobs.get(0).stored().id())),
                    new ArrayList<>(),
                    why -> leaveOut(entry, plan, time, backfill, why));
        } catch (AccessException | ValidationException | QuotaException e) {
            leaveOut(entry, plan, time, backfill, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void leaveOut(ScheduleEntry entry, Plan plan, Instant time, Backfill backfill, String why) {
        StoredSchedule after = ScheduleRows.backfilled(entry.row, new Backfill(time, backfill.to(), backfill.job()));
        List<ScheduleEvent> told = List.of(event(Kind.REFUSED, plan, time, 1, Duration.ZERO, why));
        store(entry, new ScheduleChange(entry.row, after, List.of(), null), told);
    }

    private static Optional<Instant> next(Plan plan, Backfill backfill, Instant after) {
        return plan.timing().next(after).filter(time -> time.isBefore(backfill.to()));
    }

    private boolean isOpen(JobId job) {
        return services.reads()
                .job(job)
                .filter(stored -> !stored.status().isFinal())
                .isPresent();
    }

    private static ScheduleEvent fired(Plan plan, AdmittedJob job, Instant now) {
        Fire fire = job.stored().job().terms().fire();
        Duration late = DueTimes.late(plan, fire.at(), now);
        return new ScheduleEvent(Kind.FIRED, fire, 1, late, job.stored().id(), "");
    }

    private static ScheduleEvent event(Kind kind, Plan plan, Instant time, long times, Duration late, String why) {
        return new ScheduleEvent(kind, ScheduleChecks.fire(plan, time), times, late, null, why);
    }
}
