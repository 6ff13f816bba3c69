// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.text.ShownTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Findings about schedules, on the leader. */
final class ScheduleExamination {

    /** Number of consecutive skipped times from which on the doctor reports a schedule. */
    private static final int ALWAYS = 5;

    private final Supplier<Collection<ScheduleEntry>> entries;
    private final Supplier<Configured> files;
    private final HandlerCatalog handlers;
    private final HostStore hosts;
    private final Access access;
    private final Clock clock;

    ScheduleExamination(
            Supplier<Collection<ScheduleEntry>> entries,
            Supplier<Configured> files,
            HandlerCatalog handlers,
            HostStore hosts,
            Access access,
            Clock clock) {
        this.entries = entries;
        this.files = files;
        this.handlers = handlers;
        this.hosts = hosts;
        this.access = access;
        this.clock = clock;
    }

    List<Finding> examine() {
        Set<String> served = Stream.concat(
                        handlers.handlers().stream().map(handler -> handler.type()),
                        hosts.hosts().living().stream()
                                .flatMap(host -> host.offer().handlers().stream())
                                .map(handler -> handler.type()))
                .collect(Collectors.toSet());
        Configured configured = files.get();
        List<Finding> found = new ArrayList<>();
        for (ScheduleEntry entry : entries.get()) {
            String name = entry.row.name();
            examine(entry, entry.plan, served, found);
            examineCalendars(entry, configured, found);
            if (entry.row.definition() != null && configured.schedules().containsKey(name)) {
                found.add(new Finding(
                                ScheduleSettings.FACTORY + "-" + name,
                                "schedule " + name + " already exists, added at run time: the file is not applied",
                                "rename the file, or remove the other schedule")
                        .with(Remedy.RemedyKind.REMOVE_SCHEDULE.of(name)));
            }
        }
        return found;
    }

    private void examine(ScheduleEntry entry, @Nullable Plan plan, Set<String> served, List<Finding> found) {
        String subject = "schedule " + entry.row.name();
        if (plan == null) {
            if (entry.row.definition() != null) {
                found.add(new Finding(
                        subject, "its definition cannot be read; it submits no jobs", "remove it and add it again"));
            }
            return;
        }
        Instant end = plan.asked().bounds().end();
        if (end != null && !end.isAfter(clock.instant())) {
            found.add(Finding.note(
                            subject,
                            "it submits no more jobs: its end " + ShownTime.of(end) + " has passed",
                            "set a later end, or remove it")
                    .with(Remedy.RemedyKind.REMOVE_SCHEDULE.of(entry.row.name())));
            return;
        }
        examineJobs(entry, plan, served, found);
        if (entry.row.fires().overlaps() >= ALWAYS) {
            found.add(new Finding(
                            subject,
                            "its latest " + entry.row.fires().overlaps()
                                    + " times got no jobs because an earlier job was unfinished",
                            "lengthen its interval, or change its overlap")
                    .with(Remedy.RemedyKind.JOBS_OF_SCHEDULE.of(entry.row.name())));
        }
    }

    private void examineCalendars(ScheduleEntry entry, Configured configured, List<Finding> found) {
        Plan plan = entry.plan;
        if (plan == null || plan.asked().bounds().calendars().isEmpty()) {
            return;
        }
        String subject = "schedule " + entry.row.name();
        List<String> missing = plan.asked().bounds().calendars().stream()
                .filter(name -> !configured.calendars().containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            found.add(new Finding(
                    subject,
                    "calendar " + missing.get(0) + " not found: it submits no jobs",
                    "create etc/" + CalendarRules.FACTORY + "-" + missing.get(0)
                            + ".cfg, or remove the calendar from the schedule"));
        } else if (plan.timing().next(clock.instant()).isEmpty()) {
            found.add(new Finding(
                    subject,
                    "its calendars are closed at every time: it submits no jobs",
                    "change a calendar, or the times of the schedule"));
        }
    }

    private void examineJobs(ScheduleEntry entry, Plan plan, Set<String> served, List<Finding> found) {
        String subject = "schedule " + entry.row.name();
        String type = plan.asked().job().type();
        if (!served.contains(type)) {
            found.add(new Finding(
                    subject,
                    "no handler is available for the type " + type + " of its jobs: they wait",
                    "copy the handler's bundle into deploy/, or change the schedule"));
        }
        if (!access.allows(plan.owner(), AccessRule.SUBMIT, true)) {
            found.add(new Finding(
                    subject,
                    "its owner, " + plan.owner() + ", may no longer submit: it submits no jobs",
                    "give the owner a role that may submit, or add the schedule again as another user"));
        } else if (!access.allowsType(plan.owner(), type, handlers.isPrivileged(type))) {
            found.add(
                    new Finding(
                            subject,
                            "its owner, " + plan.owner() + ", may not submit jobs of type " + type
                                    + ": it submits no jobs",
                            "add the type to the types of one of the owner's roles, or add the schedule again as another user"));
        } else if (entry.refusal != null) {
            found.add(new Finding(
                    subject, "its latest time got no job: " + entry.refusal, "change the schedule, or fix the cause"));
        }
    }
}
