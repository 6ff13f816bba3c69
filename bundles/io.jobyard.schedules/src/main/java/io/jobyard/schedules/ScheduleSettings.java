// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.CronSyntax;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.MissedPolicy;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.ConfigurationName;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.access.Caller;
import io.jobyard.views.api.Durations;
import io.jobyard.views.api.JsonReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of {@code io.jobyard.schedules-NAME}.
 *
 * @param asked definition; null if it has never been valid, and then no jobs are created
 * @param as owner of the jobs; null for jobs of this bundle
 */
record ScheduleSettings(
        @Nullable ScheduleSpecification asked, @Nullable String as) {

    static final String FACTORY = "io.jobyard.schedules";
    static final ScheduleSettings SHUT = new ScheduleSettings(null, null);

    private static final Caller BUNDLE = Caller.bundle(FACTORY);
    private static final int DAY_SECONDS = 86_400;
    private static final int MOST_RETRIES = 10;

    static ScheduleSettings read(ConfigurationName name, SettingsReader reader) {
        String as = reader.optional("as", checked(user -> BUNDLE.as(user).name()));
        JobSpecification job = job(reader);
        ScheduleSpecification.Builder schedule = ScheduleSpecification.named(name.name(), job)
                .syntax(reader.value("syntax", CronSyntax.UNIX, checked(CronSyntax::of)))
                .zone(reader.value("zone", ZoneId.of("UTC"), ScheduleSettings::zone))
                .missed(reader.value("missed", MissedPolicy.LAST, checked(MissedPolicy::of)))
                .grace(Duration.ofSeconds(reader.integer("grace.seconds", 60, 1, DAY_SECONDS)))
                .overlap(reader.value("overlap", OverlapPolicy.SKIP, checked(OverlapPolicy::of)))
                .jitter(Duration.ofSeconds(reader.integer("jitter.seconds", 0, 0, DAY_SECONDS)))
                .start(reader.optional("start", ScheduleSettings::instant))
                .end(reader.optional("end", ScheduleSettings::instant))
                .calendars(reader.value("calendars", List.of(), ScheduleSettings::names));
        times(reader, schedule);
        if (job.type().isEmpty()) {
            reader.refuse("type is missing: name the handler that the jobs need");
        }
        try {
            ScheduleSpecification asked = schedule.build();
            ScheduleChecks.plan(asked, BUNDLE, true);
            return new ScheduleSettings(asked, as);
        } catch (ValidationException e) {
            reader.refuse(String.valueOf(e.getMessage()));
            return SHUT;
        }
    }

    private static void times(SettingsReader reader, ScheduleSpecification.Builder schedule) {
        String cron = reader.text("cron", "");
        Duration every = reader.optional("every", checked(text -> Durations.parse("every", text)));
        Duration delay = reader.optional("delay", checked(text -> Durations.parse("delay", text)));
        if ((cron.isEmpty() ? 0 : 1) + (every == null ? 0 : 1) + (delay == null ? 0 : 1) > 1) {
            reader.refuse("cron, every and delay cannot be combined: give one");
        }
        if (!cron.isEmpty()) {
            schedule.cron(cron);
        } else if (every != null) {
            schedule.every(every);
        } else if (delay != null) {
            schedule.delay(delay);
        }
    }

    private static JobSpecification job(SettingsReader reader) {
        JobSpecificationBuilder job = JobSpecification.type(reader.text("type", ""));
        job.payload(reader.value("payload", Map.of(), checked(text -> JsonReader.object("the payload", text))));
        String queue = reader.text("queue", "");
        if (!queue.isEmpty()) {
            job.queue(queue);
        }
        Integer priority = reader.optionalInteger("priority", 100);
        if (priority != null) {
            job.priority(priority);
        }
        Integer timeout = reader.optionalInteger("timeout.seconds", DAY_SECONDS);
        if (timeout != null) {
            job.timeout(Duration.ofSeconds(timeout));
        }
        if (reader.has("max.retries")) {
            job.maxRetries(reader.integer("max.retries", 0, 0, MOST_RETRIES));
        }
        return job.build();
    }

    private static List<String> names(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip).toList();
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("use a time zone such as Europe/Berlin or UTC", e);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("use an instant such as 2027-01-31T08:00:00Z", e);
        }
    }

    private static <T> Function<String, T> checked(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (ValidationException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        };
    }

    /** Returns the plan; null if the configuration has never been valid. */
    @Nullable
    Plan plan() {
        if (asked == null) {
            return null;
        }
        return Plan.of(asked, as == null ? BUNDLE : Caller.user(as), true);
    }

    @Override
    public String toString() {
        return asked == null
                ? "no times"
                : "type = " + asked.job().type() + ", "
                        + Timing.of(asked, Map.of()).text();
    }
}
