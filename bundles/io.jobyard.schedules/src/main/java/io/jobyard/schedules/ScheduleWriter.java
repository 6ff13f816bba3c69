// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleEvent.ScheduleOutcome;
import io.jobyard.spi.schedules.FiredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Futures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores changes of schedules with the jobs that they create. Only for the thread of the {@link ScheduleEngine}. */
final class ScheduleWriter {

    /**
     * Receives the result of a change of an entry, on any thread. The engine's thread acts on it, unless the schedule has changed
     * meanwhile.
     */
    interface WriteOutcome {
        void settled(ScheduleEntry entry, @Nullable Throwable fault, @Nullable Runnable then);
    }

    private final ScheduleServices services;
    private final ScheduleEvents events;
    private final Map<JobId, ScheduleEntry> awaited;
    private final WriteOutcome settled;

    /** @param awaited receives the jobs whose ends are awaited; the notification of an end removes the job */
    ScheduleWriter(
            ScheduleServices services, ScheduleEvents events, Map<JobId, ScheduleEntry> awaited, WriteOutcome settled) {
        this.services = services;
        this.events = events;
        this.awaited = awaited;
        this.settled = settled;
    }

    /** @param refused decides about the times if the jobs of other hosts have used up the owner's quotas */
    void admit(
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
        CompletableFuture<ScheduleChange> sent = new CompletableFuture<>();
        CompletableFuture<Boolean> stored = whileBusy(
                entry,
                () -> services.admission().admit(plan.owner(), jobs, admitted -> {
                    ScheduleChange change = new ScheduleChange(before, decide.apply(before, admitted), admitted, null);
                    await(entry, plan, change);
                    sent.complete(change);
                    Instant now = services.clock().instant();
                    admitted.forEach(job -> told.add(fired(plan, job, now)));
                    return services.store().store(change);
                }));
        entry.refusal = null;
        stored.whenComplete((done, fault) -> {
            if (!Boolean.TRUE.equals(done)) {
                sent.thenAccept(change -> ids(change).forEach(awaited::remove));
            }
            Throwable cause = fault == null ? null : Futures.cause(fault);
            if (cause instanceof QuotaException) {
                settled.settled(entry, null, () -> refused.accept(String.valueOf(cause.getMessage())));
            } else {
                settle(entry, sent, done, cause, told);
            }
        });
    }

    private static CompletableFuture<Boolean> whileBusy(
            ScheduleEntry entry, Supplier<CompletableFuture<Boolean>> task) {
        entry.busy = true;
        try {
            return task.get();
        } catch (RuntimeException e) {
            entry.busy = false;
            throw e;
        }
    }

    /** Registers the jobs before they are stored, because they may finish before the store answers. */
    private void await(ScheduleEntry entry, Plan plan, ScheduleChange change) {
        if (EarlierJobs.matter(plan) || plan.timing().isFromEnd()) {
            ids(change).forEach(job -> awaited.put(job, entry));
        } else {
            entry.open = null;
        }
    }

    private static List<JobId> ids(ScheduleChange change) {
        return change.jobs().stream().map(job -> job.stored().id()).toList();
    }

    /** Stores a change that creates no job. */
    void store(ScheduleEntry entry, ScheduleChange change, List<ScheduleEvent> told) {
        entry.busy = true;
        CompletableFuture<ScheduleChange> sent = CompletableFuture.completedFuture(change);
        services.store().store(change).whenComplete((done, fault) -> settle(entry, sent, done, fault, told));
    }

    private void settle(
            ScheduleEntry entry,
            CompletableFuture<ScheduleChange> sent,
            @Nullable Boolean done,
            @Nullable Throwable fault,
            List<ScheduleEvent> told) {
        if (!Boolean.TRUE.equals(done)) {
            settled.settled(entry, fault, null);
            return;
        }
        settled.settled(entry, null, () -> {
            ScheduleChange change = sent.join();
            StoredSchedule row = change.after();
            if (row != null) {
                entry.ended = row.fires().lastJob() != null
                                && row.fires()
                                        .lastJob()
                                        .equals(entry.row.fires().lastJob())
                        ? entry.ended
                        : null;
                entry.row = row;
            }
            if (entry.open != null && !change.jobs().isEmpty()) {
                entry.open = Stream.concat(ids(change).stream(), entry.open.stream())
                        .filter(awaited::containsKey)
                        .toList();
            }
            told.forEach(this::tell);
        });
    }

    void tell(ScheduleEvent event) {
        events.tell(event);
    }

    private static ScheduleEvent fired(Plan plan, AdmittedJob job, Instant now) {
        Fire fire = Objects.requireNonNull(job.stored().job().terms().identity().fire());
        Duration late = DueTimes.late(plan, fire.at(), now);
        return new ScheduleEvent(
                ScheduleOutcome.FIRED, fire, 1, late, job.stored().id(), "");
    }
}
