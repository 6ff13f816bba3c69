// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.AccessException;
import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleEvent.ScheduleOutcome;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Creates the due jobs of one schedule. Only for the thread of the {@link ScheduleEngine}. */
final class ScheduleFires {

    private final ScheduleServices services;
    private final Map<JobId, ScheduleEntry> awaited;
    private final ScheduleWriter writer;

    /** @param awaited receives the jobs whose ends are awaited; the notification of an end removes the job */
    ScheduleFires(ScheduleServices services, Map<JobId, ScheduleEntry> awaited, ScheduleWriter writer) {
        this.services = services;
        this.awaited = awaited;
        this.writer = writer;
    }

    /** Checks whether the job has finished from whose end the next time counts. If not, waits for its end. */
    void learnEnd(ScheduleEntry entry, Plan plan) {
        JobId last = entry.row.fires().lastJob();
        if (!plan.timing().isFromEnd() || last == null || entry.ended != null) {
            return;
        }
        awaited.put(last, entry);
        Optional<StoredJob> job = services.reads().job(last);
        if (job.isEmpty() || job.get().status().isFinished()) {
            awaited.remove(last);
            entry.ended = job.map(StoredJob::changedAt).orElse(entry.row.fires().decided());
        }
    }

    /** Creates the due jobs. Returns whether a change is in flight. */
    boolean make(ScheduleEntry entry, Plan plan, Instant now) {
        Instant base = entry.base(plan).orElse(null);
        if (base == null) {
            return false;
        }
        DueTimes due = plan.timing().isFromEnd() ? DueTimes.afterEnd(plan, base, now) : DueTimes.of(plan, base, now);
        if (due.isNothing(base)) {
            return false;
        }
        entry.singly &= due.made().size() > 1;
        DueTimes tried = entry.singly ? due.first() : due;
        try {
            make(entry, plan, tried, why -> tooMany(entry, plan, tried, due, why));
        } catch (QuotaException e) {
            tooMany(entry, plan, tried, due, String.valueOf(e.getMessage()));
            return entry.busy || make(entry, plan, now);
        } catch (AccessException | ValidationException e) {
            refused(entry, plan, due, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void make(ScheduleEntry entry, Plan plan, DueTimes due, Consumer<String> tooMany) {
        List<Instant> times = due.made().stream()
                .filter(time -> !entry.doubtful || !hasJob(ScheduleChecks.fire(plan, time)))
                .toList();
        FiredJobs fired = FiredJobs.of(plan, times, earlier(entry, plan, times), services);
        List<ScheduleEvent> told = missed(plan, due);
        if (fired.skipped() > 0) {
            told.add(event(
                    ScheduleOutcome.SKIPPED, plan, due.decided(), fired.skipped(), "an earlier job is unfinished"));
        }
        writer.admit(
                entry,
                plan,
                fired.jobs(),
                (row, jobs) -> ScheduleRows.decided(row, due.decided(), jobs, fired.skipped()),
                told,
                tooMany);
    }

    /** Returns the existing jobs of these times. Reads them only for times that were tried before, and for those of a backfill. */
    private boolean hasJob(Fire fire) {
        return services.store().jobOf(fire).isPresent();
    }

    /** Returns the earlier jobs. Reads the store only if their state matters, because most jobs have finished by the next time. */
    private EarlierJobs earlier(ScheduleEntry entry, Plan plan, List<Instant> times) {
        boolean lastMatters = EarlierJobs.lastMatters(plan);
        if (times.isEmpty() || !lastMatters && (!EarlierJobs.matter(plan) || hasEnded(entry.open))) {
            return EarlierJobs.NONE;
        }
        EarlierJobs earlier = EarlierJobs.read(services.store(), entry.row);
        know(entry, earlier.open());
        return earlier;
    }

    private boolean hasEnded(@Nullable List<JobId> open) {
        return open != null && open.stream().noneMatch(awaited::containsKey);
    }

    private void know(ScheduleEntry entry, List<JobId> open) {
        if (entry.open != null) {
            entry.open.stream().filter(job -> !open.contains(job)).forEach(awaited::remove);
        }
        open.forEach(job -> awaited.put(job, entry)); // a job that has just finished only costs another visit
        entry.open = open;
    }

    /** Creates as many of several jobs as the owner's quota allows. */
    private void tooMany(ScheduleEntry entry, Plan plan, DueTimes tried, DueTimes due, String why) {
        if (tried.made().size() > 1) {
            entry.singly = true;
        } else {
            refused(entry, plan, due, why);
        }
    }

    private void refused(ScheduleEntry entry, Plan plan, DueTimes due, String why) {
        StoredSchedule after = ScheduleRows.decided(entry.row, due.decided(), List.of(), 0);
        List<ScheduleEvent> told = missed(plan, due);
        told.add(event(ScheduleOutcome.REFUSED, plan, due.decided(), due.made().size(), why));
        writer.store(entry, new ScheduleChange(entry.row, after, List.of(), null), told);
        entry.refusal = why;
    }

    private static List<ScheduleEvent> missed(Plan plan, DueTimes due) {
        List<ScheduleEvent> told = new ArrayList<>();
        if (due.missed() > 0) {
            told.add(event(ScheduleOutcome.MISSED, plan, due.decided(), due.missed(), ""));
        }
        return told;
    }

    private static ScheduleEvent event(ScheduleOutcome kind, Plan plan, Instant time, long times, String why) {
        return new ScheduleEvent(kind, ScheduleChecks.fire(plan, time), times, Duration.ZERO, null, why);
    }
}
