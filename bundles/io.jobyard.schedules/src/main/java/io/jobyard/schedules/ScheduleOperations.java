// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.JobId;
import io.jobyard.api.PlannedFire;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.SchedulePause;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.schedules.FiredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.schedules.UnknownSchedule;
import io.jobyard.spi.store.Futures;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operations of one caller, a user or a bundle, on schedules, on any host. */
class ScheduleOperations implements ScheduleManager {

    private static final int MAX_REASON = 1_000;
    /** Maximum number of attempts. A schedule may change between a read and its change, but hardly this often. */
    private static final int LOOKS = 100;

    private final ScheduleServices services;
    private final Access access;
    private final Supplier<Configured> files;
    private final Caller caller;

    /** @param files schedules and calendars that files define */
    ScheduleOperations(ScheduleServices services, Access access, Supplier<Configured> files, Caller caller) {
        this.services = services;
        this.access = access;
        this.files = files;
        this.caller = caller;
    }

    /** Creates the operations of the same caller. */
    ScheduleOperations(ScheduleOperations same) {
        this(same.services, same.access, same.files, same.caller);
    }

    @Override
    public ScheduleManager as(String user) {
        access.require(caller, AccessRule.IMPERSONATE);
        return new ScheduleOperations(services, access, files, caller.as(user));
    }

    @Override
    public List<ScheduleStatus> schedules() {
        access.require(caller, AccessRule.OVERVIEW);
        Instant now = now();
        return known().map(known -> known.status(now))
                .sorted(Comparator.comparing(ScheduleStatus::name))
                .toList();
    }

    private Stream<KnownSchedule> known() {
        Configured configured = files.get();
        return services.store().schedules().stream().flatMap(row -> KnownSchedule.of(row, configured).stream());
    }

    @Override
    public ScheduleStatus add(ScheduleSpecification asked) {
        access.require(caller, AccessRule.SCHEDULE, caller.name(), "schedule " + asked.name());
        Plan plan = checked(asked, caller);
        StoredSchedule row = ScheduleRows.begun(plan, now());
        ScheduleChange change = new ScheduleChange(null, row, List.of(), entry(asked.name(), "added: " + words(plan)));
        if (files.get().schedules().containsKey(asked.name())
                || !Futures.join(services.store().store(change))) {
            throw new StateConflictException(
                    "schedule " + asked.name() + " already exists: change it, or remove it first");
        }
        return new KnownSchedule(row, plan).status(now());
    }

    private Plan checked(ScheduleSpecification asked, Caller owner) {
        Map<String, CalendarRules> calendars = files.get().calendars();
        Plan plan = ScheduleChecks.plan(asked, unspoken(owner), false).with(calendars);
        Instant now = now();
        ScheduleChecks.requireTimes(plan, calendars, now);
        FiredJob job = new FiredJob(ScheduleChecks.fire(plan, now), ScheduleChecks.job(plan, now, now));
        try {
            services.admission().check(plan.owner(), List.of(job));
        } catch (ValidationException e) {
            throw e.in("job");
        }
        return plan;
    }

    /** Rejects a change of the job by a caller other than the owner, because the job runs with the owner's permissions and secrets. */
    private void requireWork(Plan before, Plan after) {
        if (Definition.isSameJob(before, after)) {
            return;
        }
        Caller owner = before.owner();
        String what = "schedule " + before.name();
        access.require(caller, AccessRule.ALTER, owner.name(), what);
        if (caller.kind() != owner.kind()
                && caller.name().equals(owner.name())) { // a caller with the same name may have other permissions
            access.require(caller, AccessRule.IMPERSONATE, null, what + " of " + owner);
        }
    }

    /** Returns the owner. Only the audit contains who acted as whom, because future jobs belong to the owner alone. */
    private static Caller unspoken(Caller caller) {
        return new Caller(caller.kind(), caller.name(), null);
    }

    @Override
    public ScheduleStatus change(ScheduleSpecification asked) {
        KnownSchedule changed = change(asked.name(), (known, now) -> {
            known.requireAdded();
            Plan plan = checked(asked, known.plan().owner());
            requireWork(known.plan(), plan);
            return new Planned(ScheduleRows.changed(known.row(), plan, now), "changed: " + words(plan));
        });
        return changed.status(now());
    }

    @Override
    public void pause(String name, @Nullable String reason, @Nullable Instant until) {
        if (reason != null && (reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl))) {
            throw new ValidationException(
                    "reason", "invalid reason: use at most " + MAX_REASON + " printable characters");
        }
        change(name, (known, now) -> {
            if (until != null && !until.isAfter(now)) {
                throw new ValidationException("until", "until " + until + " has passed: use a time after " + now);
            }
            Instant end = until == null ? null : ScheduleRows.micros(until);
            String why = reason == null || reason.isBlank() ? null : reason;
            SchedulePause pause = new SchedulePause(caller.inHistory(), now, why, end);
            return new Planned(
                    ScheduleRows.paused(known.row(), pause, known.row().fires().decided()),
                    "paused" + (end == null ? "" : " until " + end) + (why == null ? "" : ": " + why));
        });
    }

    @Override
    public void resume(String name) {
        change(name, (known, now) -> {
            if (Plan.pause(known.row(), now) == null) {
                throw new StateConflictException("schedule " + name + " is not paused");
            }
            Instant decided = known.plan().timing().leaveOut(known.row().fires().decided(), now);
            return new Planned(ScheduleRows.paused(known.row(), null, decided), "resumed");
        });
    }

    @Override
    public void remove(String name) {
        change(name, (known, now) -> {
            known.requireAdded();
            return new Planned(null, "removed");
        });
    }

    @Override
    public JobId run(String name) {
        for (int look = 0; look < LOOKS; look++) {
            KnownSchedule known = found(name);
            access.require(caller, AccessRule.SCHEDULE, known.plan().owner().name(), "schedule " + name);
            Plan plan = known.plan();
            Instant now = now();
            FiredJobs fired =
                    FiredJobs.of(plan, List.of(now), EarlierJobs.read(services.store(), known.row()), services);
            if (fired.jobs().isEmpty()) {
                throw new StateConflictException(
                        "an earlier job of schedule " + name + " is unfinished, and its overlap is skip");
            }
            JobId[] made = new JobId[1];
            boolean stored = Futures.join(services.admission().admit(plan.owner(), fired.jobs(), jobs -> {
                made[0] = jobs.get(0).stored().id();
                StoredSchedule after =
                        ScheduleRows.decided(known.row(), known.row().fires().decided(), jobs, 0);
                AuditEntry entry = entry(name, "run: job " + made[0]);
                return services.store().store(new ScheduleChange(known.row(), after, jobs, entry));
            }));
            if (stored) {
                return made[0];
            }
        }
        throw busy(name);
    }

    @Override
    public int backfill(String name, Instant from, Instant to) {
        int[] times = new int[1];
        change(name, (known, now) -> {
            PastTimes past = PastTimes.of(known, from, to, now);
            times[0] = past.count();
            return new Planned(
                    ScheduleRows.backfilled(known.row(), past.backfill()),
                    "backfill of " + past.count() + " times from " + from + " to " + to);
        });
        return times[0];
    }

    @Override
    public List<PlannedFire> preview(String name, int most) {
        access.require(caller, AccessRule.OVERVIEW);
        return TimesToCome.of(found(name), most);
    }

    /** Returns the times that {@link #add} or {@link #change} would result in, with the same checks. */
    @Override
    public List<PlannedFire> preview(ScheduleSpecification asked, int most) {
        Optional<KnownSchedule> before =
                services.store().schedule(asked.name()).flatMap(row -> KnownSchedule.of(row, files.get()));
        Caller owner = before.map(known -> known.plan().owner()).orElse(caller);
        access.require(caller, AccessRule.SCHEDULE, owner.name(), "schedule " + asked.name());
        before.ifPresent(KnownSchedule::requireAdded);
        Plan plan = checked(asked, owner);
        before.ifPresent(known -> requireWork(known.plan(), plan));
        StoredSchedule row = before.map(known -> ScheduleRows.changed(known.row(), plan, now()))
                .orElseGet(() -> ScheduleRows.begun(plan, now()));
        return TimesToCome.of(new KnownSchedule(row, plan), most);
    }

    /** Result of a decision: the row to store (null to remove it), and the text for the audit. */
    private record Planned(@Nullable StoredSchedule after, String words) {}

    /** Makes a decision about the current schedule and stores it. If the schedule has changed meanwhile, decides again. */
    private KnownSchedule change(String name, BiFunction<KnownSchedule, Instant, Planned> decision) {
        for (int look = 0; look < LOOKS; look++) {
            KnownSchedule known = found(name);
            access.require(caller, AccessRule.SCHEDULE, known.plan().owner().name(), "schedule " + name);
            Planned planned = decision.apply(known, now());
            AuditEntry entry = entry(name, planned.words());
            ScheduleChange change = new ScheduleChange(known.row(), planned.after(), List.of(), entry);
            if (Futures.join(services.store().store(change))) {
                return planned.after() == null
                        ? known
                        : KnownSchedule.of(planned.after(), files.get()).orElse(known);
            }
        }
        throw busy(name);
    }

    private static StoreException busy(String name) {
        return new StoreException("schedule " + name + " keeps changing; nothing was stored, try again", null);
    }

    private KnownSchedule found(String name) {
        return services.store()
                .schedule(name)
                .flatMap(row -> KnownSchedule.of(row, files.get()))
                .orElseThrow(() -> UnknownSchedule.of(
                        name, known().map(known -> known.row().name()).toList()));
    }

    private Instant now() {
        return ScheduleRows.micros(services.clock().instant());
    }

    private static String words(Plan plan) {
        return plan.timing().text() + ", type " + plan.asked().job().type() + ", for " + plan.owner();
    }

    private AuditEntry entry(String name, String detail) {
        return new AuditEntry(now(), caller.inFull(), "schedule", "schedule " + name, detail);
    }
}
