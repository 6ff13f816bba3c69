// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import io.jobyard.api.SchedulePause;
import io.jobyard.api.StoreException;
import io.jobyard.schedules.ScheduleEntry.Wake;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of each schedule in memory, and visits a schedule when an action is due. Only for the thread of the {@link
 * ScheduleEngine}.
 */
final class ScheduleKeeper {

    /** Pause before a failed change is retried, and between times of a backfill. */
    static final Duration SOON = Duration.ofSeconds(1);
    /** Time for which the file of a schedule may be missing, for example during a start or stop of the host. */
    static final Duration GONE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleKeeper.class);

    private final ScheduleServices services;
    private final ScheduleWriter writer;
    private final ScheduleFires fires;
    private final ScheduleBackfills backfills;
    private final Supplier<Configured> files;
    private final Consumer<Runnable> tasks;
    private final Map<String, ScheduleEntry> entries = new ConcurrentHashMap<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
    private String told = "";

    /**
     * @param awaited receives the jobs whose ends are awaited; the notification of an end removes the job
     * @param tasks accepts tasks for the engine's thread, from any thread
     */
    ScheduleKeeper(
            ScheduleServices services,
            ScheduleEvents events,
            Supplier<Configured> files,
            Map<JobId, ScheduleEntry> awaited,
            Consumer<Runnable> tasks) {
        this.services = services;
        this.files = files;
        this.tasks = tasks;
        writer = new ScheduleWriter(services, events, awaited, this::settled);
        fires = new ScheduleFires(services, awaited, writer);
        backfills = new ScheduleBackfills(services, writer);
    }

    /** Returns the schedules. For all threads. */
    List<ScheduleEntry> entries() {
        return List.copyOf(entries.values());
    }

    void forget() {
        entries.clear();
        wakes.clear();
    }

    /** Forgets known ends, because a finished job was retried. */
    void forgetEnds() {
        entries.values().forEach(entry -> entry.open = null);
    }

    /** Visits due entries. Returns the time of the next visit; null if none is known. */
    @Nullable
    Instant visitDue(Instant now) {
        Wake next = wakes.peek();
        while (next != null && !next.at().isAfter(now)) {
            wakes.remove();
            if (next.entry().wake == next) {
                visit(next.entry());
            }
            next = wakes.peek();
        }
        return next == null ? null : next.at();
    }

    /** Reads all stored schedules. Returns whether the store answered. */
    boolean load() {
        try {
            for (StoredSchedule row : services.store().schedules()) {
                entries.put(row.name(), new ScheduleEntry(row));
            }
            told = "";
            reconcile();
            return true;
        } catch (JobyardException e) {
            tell("Schedules wait for the store", e);
            return false;
        }
    }

    /** Updates each entry to the current definition of its schedule. */
    void reconcile() {
        Configured configured = files.get();
        Map<String, ScheduleEntry> known = new HashMap<>(entries);
        known.values().forEach(entry -> take(entry, configured));
        configured.schedules().keySet().forEach(name -> {
            Plan plan = known.containsKey(name) ? null : configured.plan(name);
            if (plan != null) {
                begin(plan);
            }
        });
    }

    private void take(ScheduleEntry entry, Configured configured) {
        Plan plan = plan(entry.row, configured);
        entry.plan = plan;
        entry.absentSince = plan != null || configured.schedules().containsKey(entry.row.name())
                ? null
                : Optional.ofNullable(entry.absentSince)
                        .orElseGet(() -> services.clock().instant());
        visit(entry);
    }

    private @Nullable Plan plan(StoredSchedule row, Configured configured) {
        try {
            return KnownSchedule.plan(row, configured);
        } catch (RuntimeException e) {
            LOG.error("Schedule {} submits no jobs: its definition cannot be read: {}", row.name(), e.toString());
            return null;
        }
    }

    private void begin(Plan plan) {
        StoredSchedule row = ScheduleRows.begun(plan, services.clock().instant());
        ScheduleEntry entry = new ScheduleEntry(row);
        entry.plan = plan;
        entries.put(plan.name(), entry);
        writer.store(entry, new ScheduleChange(null, row, List.of(), null), List.of());
    }

    void reload(String name) {
        ScheduleEntry entry = entries.get(name);
        if (entry != null && entry.busy) {
            entry.stale = true;
            return;
        }
        try {
            Optional<StoredSchedule> row = services.store().schedule(name);
            if (row.isEmpty()) {
                entries.remove(name);
                reconcile(); // if a file still defines it although the store has no row
                return;
            }
            ScheduleEntry fresh = entry == null ? new ScheduleEntry(row.get()) : entry;
            if (entry != null && !row.get().equals(entry.row)) {
                fresh.ended = null;
                fresh.open = null;
                fresh.row = row.get();
            }
            fresh.stale = false;
            entries.put(name, fresh);
            take(fresh, files.get());
        } catch (JobyardException e) {
            tell("Schedule " + name + " waits for the store", e);
            if (entry != null) {
                entry.stale = true;
                wake(entry, services.clock().instant().plus(SOON));
            }
        }
    }

    /** Handles the end of a job from which the times of a schedule may count. */
    void ended(ScheduleEntry entry, JobId job, Instant at) {
        if (entry.waitsFor(job)) {
            entry.ended = at;
            visit(entry);
        }
    }

    /** Handles the result of a write that was in flight. */
    private void settled(ScheduleEntry entry, @Nullable Throwable fault, @Nullable Runnable then) {
        tasks.accept(() -> {
            entry.busy = false;
            entry.doubtful = fault != null;
            entry.open = then == null ? null : entry.open;
            if (then != null) {
                then.run();
            }
            if (entries.get(entry.row.name()) != entry) {
                return;
            }
            if (fault != null) {
                tell("Schedule " + entry.row.name() + " waits for the store", fault);
                entry.stale = true;
                wake(entry, services.clock().instant().plus(SOON));
            } else if (then == null || entry.stale) {
                reload(entry.row.name());
            } else {
                told = "";
                visit(entry);
            }
        });
    }

    /** Processes the due times of an entry, or plans its next visit. */
    private void visit(ScheduleEntry entry) {
        entry.wake = null;
        if (entry.busy || entries.get(entry.row.name()) != entry) {
            return;
        }
        try {
            if (entry.stale) {
                reload(entry.row.name());
                return;
            }
            Instant now = services.clock().instant();
            Plan plan = entry.plan;
            if (plan == null) {
                visitAbsent(entry, now);
            } else {
                visit(entry, plan, now);
            }
        } catch (StoreException e) {
            tell("Schedule " + entry.row.name() + " waits for the store", e);
            wake(entry, services.clock().instant().plus(SOON));
        } catch (RuntimeException e) { // otherwise it would have no next time
            LOG.error("Schedule {} failed; retrying in a minute", entry.row.name(), e);
            wake(entry, services.clock().instant().plus(GONE));
        }
    }

    private void visitAbsent(ScheduleEntry entry, Instant now) {
        Instant since = entry.absentSince;
        if (since == null || entry.row.definition() != null) {
            return;
        }
        if (now.isBefore(since.plus(GONE))) {
            wake(entry, since.plus(GONE));
        } else {
            entries.remove(entry.row.name());
            writer.store(entry, new ScheduleChange(entry.row, null, List.of(), null), List.of());
        }
    }

    private void visit(ScheduleEntry entry, Plan plan, Instant now) {
        if (!entry.row.timing().equals(plan.timing().text())) {
            StoredSchedule after = ScheduleRows.changed(entry.row, plan, now);
            writer.store(entry, new ScheduleChange(entry.row, after, List.of(), null), List.of());
            return;
        }
        SchedulePause pause = Plan.pause(entry.row, now);
        if (pause != null) {
            if (pause.until() != null) {
                wake(entry, pause.until());
            }
            return;
        }
        fires.learnEnd(entry, plan);
        if (fires.make(entry, plan, now) || backfills.make(entry, plan, now)) {
            return;
        }
        Optional<Instant> next = entry.base(plan).flatMap(plan::next).map(plan::due);
        boolean soon =
                entry.row.backfill() != null && (next.isEmpty() || next.get().isAfter(now.plus(SOON)));
        if (soon) {
            wake(entry, now.plus(SOON));
        } else {
            next.ifPresent(at -> wake(entry, at));
        }
    }

    private void wake(ScheduleEntry entry, Instant at) {
        Wake wake = new Wake(entry, at);
        entry.wake = wake;
        wakes.add(wake);
    }

    /** Logs a problem once, as long as it does not change. */
    private void tell(String what, Throwable why) {
        String line = what + ": " + why.getMessage();
        if (!line.equals(told)) {
            told = line;
            LOG.warn("{}; retrying", line);
        }
    }
}
