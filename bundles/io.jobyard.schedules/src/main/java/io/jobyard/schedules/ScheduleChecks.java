// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.Fire;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.PayloadJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of schedule definitions. Each message contains the value and the fix. */
final class ScheduleChecks {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration DAY = Duration.ofDays(1);

    private static final int MOST_CALENDARS = 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private ScheduleChecks() {}

    /** Returns the plan of a definition. It does not check whether its jobs would be admitted. */
    static Plan plan(ScheduleSpecification asked, Caller owner, boolean isFromFile) {
        if (!NAME.matcher(asked.name()).matches()) {
            throw new ValidationException(
                    "name",
                    "invalid schedule '" + asked.name() + "': use 1 to 200 of the characters A-Z a-z 0-9 . _ -");
        }
        if (asked.rhythm() instanceof Rhythm.Every every) {
            within("every", every.interval(), SHORTEST, Plan.LONGEST);
        } else if (asked.rhythm() instanceof Rhythm.Delay delay) {
            within("delay", delay.interval(), SHORTEST, Plan.LONGEST);
        }
        within("grace", asked.missed().grace(), SHORTEST, DAY);
        within("jitter", asked.jitter(), Duration.ZERO, DAY);
        inOrder(asked.bounds().start(), asked.bounds().end());
        if (asked.bounds().calendars().size() > MOST_CALENDARS) {
            throw new ValidationException(
                    "calendars",
                    asked.bounds().calendars().size() + " calendars are out of range: use at most " + MOST_CALENDARS);
        }
        job(asked.job());
        Plan plan;
        try {
            plan = Plan.of(written(asked), owner, isFromFile);
        } catch (IllegalArgumentException e) {
            throw new ValidationException("cron", String.valueOf(e.getMessage()));
        }
        if (asked.rhythm() instanceof Rhythm.Cron cron
                && Timing.planned(asked).next(Instant.EPOCH).isEmpty()) {
            throw new ValidationException(
                    "cron",
                    "invalid cron '" + cron.expression()
                            + "': none of its months has the given day; use a day that exists");
        }
        job(plan, Instant.EPOCH, Instant.EPOCH); // checks its placeholders
        return plan;
    }

    /** Returns the schedule with a payload of maps and lists, whose texts may be templates. */
    private static ScheduleSpecification written(ScheduleSpecification asked) {
        Object payload = asked.job().payload();
        try {
            JobSpecification job = asked.job().toBuilder()
                    .payload(payload == null ? Map.of() : PayloadJson.object(payload))
                    .build();
            return asked.toBuilder().job(job).build();
        } catch (ValidationException e) {
            throw e.in("job");
        }
    }

    private static void inOrder(@Nullable Instant start, @Nullable Instant end) {
        if (start != null && end != null && !end.isAfter(start)) {
            throw new ValidationException("end", "end " + end + " is not after start " + start);
        }
    }

    /** Rejects a plan that would create no job: it has already ended, or its calendars are always closed. */
    static void requireTimes(Plan plan, Map<String, CalendarRules> calendars, Instant now) {
        Instant end = plan.asked().bounds().end();
        if (end != null && !end.isAfter(now)) {
            throw new ValidationException(
                    "end", "end " + end + " has passed: use a time after " + now + ", or omit the end");
        }
        if (plan.asked().rhythm() instanceof Rhythm.Cron cron
                && Timing.planned(plan.asked()).next(now).isEmpty()) {
            throw new ValidationException(
                    "cron", "cron '" + cron.expression() + "' has no times after " + now + ": use a later year");
        }
        for (String name : plan.asked().bounds().calendars()) {
            if (!calendars.containsKey(name)) {
                throw new ValidationException(
                        "calendars",
                        "unknown calendar '" + name + "'" + Spelling.hint(name, calendars.keySet()) + ": create etc/"
                                + CalendarRules.FACTORY + "-" + name + ".cfg, or omit the calendar");
            }
        }
        if (plan.timing().next(now).isEmpty()) {
            throw new ValidationException(
                    "calendars",
                    "invalid calendars "
                            + String.join(", ", plan.asked().bounds().calendars())
                            + ": they are closed at every time of the schedule; use other times, or omit a calendar");
        }
    }

    private static void within(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ValidationException(
                    what,
                    what + " " + value.toMillis() + " ms is out of range: use " + least.toSeconds() + " to "
                            + most.toSeconds() + " seconds");
        }
    }

    private static void job(JobSpecification job) {
        if (job.identity().key() != null
                || job.times().notBefore() != null
                || job.times().expires() != null
                || job.times().deadline() != null
                || !job.dependencies().ids().isEmpty()
                || !job.dependencies().names().isEmpty()
                || job.identity().group() != null
                || job.identity().endsGroup() != null) {
            throw new ValidationException(
                    "job",
                    "the job of a schedule cannot have a key, dependencies, a group, notBefore, expires or a"
                            + " deadline: omit them");
        }
    }

    /** Returns the job of a time, as its owner would submit it. */
    static JobSpecification job(Plan plan, Instant time, @Nullable Instant lastCompletedAt) {
        JobSpecification job = plan.asked().job();
        try {
            return job.toBuilder()
                    .payload(new PayloadTemplate(
                                    time, lastCompletedAt, plan.asked().zone())
                            .fill(job.payload()))
                    .build();
        } catch (ValidationException e) {
            throw e.in("job.payload");
        }
    }

    static Fire fire(Plan plan, Instant time) {
        return new Fire(plan.name(), time);
    }
}
