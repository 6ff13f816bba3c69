// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.MissedPolicy;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.views.api.JsonReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Creates a schedule from the options of {@code job:schedule}. */
final class TypedSchedule {

    private final ScheduleOptions options;
    private final Instant now;

    TypedSchedule(ScheduleOptions options, CommandUser user) {
        this.options = options;
        now = user.now();
    }

    ScheduleSpecification added() {
        if (options.type == null) {
            throw new UsageException(
                    "missing --type TYPE, the type of the schedule's jobs: job:handlers lists the types");
        }
        JobSpecificationBuilder job = JobSpecification.type(options.type).payload(Map.of());
        return typed(ScheduleSpecification.named(options.name, typed(job)));
    }

    /** Returns the schedule with the given options changed. */
    ScheduleSpecification changed(ScheduleStatus status) {
        ScheduleSpecification before = status.specification();
        JobSpecificationBuilder job =
                options.type == null ? before.job().toBuilder() : retyped(options.type, before.job());
        return typed(before.toBuilder().job(typed(job)));
    }

    private static JobSpecificationBuilder retyped(String type, JobSpecification before) {
        JobSpecificationBuilder job = JobSpecification.type(type);
        Map<String, Object> payload = before.payload();
        job.payload(payload == null ? Map.of() : payload);
        JobCommand.ifGiven(before.routing().queue(), job::queue);
        JobCommand.ifGiven(before.routing().priority(), job::priority);
        JobCommand.ifGiven(before.runs().timeout(), job::timeout);
        JobCommand.ifGiven(before.runs().maxRetries(), job::maxRetries);
        return job;
    }

    private JobSpecification typed(JobSpecificationBuilder job) {
        JobCommand.ifGiven(options.payload, text -> job.payload(JsonReader.object("the payload", text)));
        JobCommand.ifGiven(options.queue, job::queue);
        JobCommand.ifGiven(options.priority, job::priority);
        JobCommand.ifGiven(options.timeout, seconds -> job.timeout(Duration.ofSeconds(seconds)));
        JobCommand.ifGiven(options.retries, job::maxRetries);
        return job.build();
    }

    private ScheduleSpecification typed(ScheduleSpecification.Builder schedule) {
        long timings = Stream.of(options.cron, options.every, options.delay)
                .filter(Objects::nonNull)
                .count();
        if (timings > 1) {
            throw new UsageException("--cron, --every and --delay cannot be combined: give one");
        }
        JobCommand.ifGiven(options.cron, schedule::cron);
        JobCommand.ifGiven(options.every, text -> schedule.every(TimeOptions.duration("--every", text)));
        JobCommand.ifGiven(options.delay, text -> schedule.delay(TimeOptions.duration("--delay", text)));
        JobCommand.ifGiven(options.zone, text -> schedule.zone(zone(text)));
        JobCommand.ifGiven(options.missed, text -> schedule.missed(MissedPolicy.of(text)));
        JobCommand.ifGiven(options.grace, text -> schedule.grace(TimeOptions.duration("--grace", text)));
        JobCommand.ifGiven(options.overlap, text -> schedule.overlap(OverlapPolicy.of(text)));
        JobCommand.ifGiven(options.jitter, text -> schedule.jitter(TimeOptions.duration("--jitter", text)));
        JobCommand.ifGiven(TimeOptions.next("--start", options.start, now), schedule::start);
        JobCommand.ifGiven(TimeOptions.next("--end", options.end, now), schedule::end);
        return schedule.build();
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new UsageException(
                    "--zone '" + text + "' is not a time zone: use an ID such as Europe/Berlin or UTC");
        }
    }
}
