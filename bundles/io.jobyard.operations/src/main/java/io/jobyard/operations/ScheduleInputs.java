// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import static io.jobyard.operations.api.Inputs.ifGiven;

import io.jobyard.api.CronSyntax;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.MissedPolicy;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.views.api.SpecificationReader;
import io.jobyard.views.api.StateWords;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a schedule from the inputs of a call. */
final class ScheduleInputs {

    /** The times of a schedule, and its job. */
    static final List<Input> CHANGE = List.of(
            Input.text(
                    "cron",
                    "cron expression: minute, hour, day of month, month, day of week, for example 0 2 * * *; six fields with seconds first; or @hourly, @daily, @weekly, @monthly, @yearly"),
            Input.text(
                            "syntax",
                            "syntax of the cron expression: unix, or quartz (second, minute, hour, day of month, month, day of week, optional year), for example 0 0 2 ? * MON-FRI")
                    .among(StateWords.of(CronSyntax.values(), CronSyntax::text))
                    .byDefault(CronSyntax.UNIX.text()),
            Input.of(
                    "every",
                    InputType.DURATION,
                    "interval between scheduled times, independent of how long jobs take, for example 90s, 5m, 2h or 1d"),
            Input.of("delay", InputType.DURATION, "delay from the end of one job to the next scheduled time"),
            Input.text("zone", "time zone of the cron expression and of the calendars, for example Europe/Berlin")
                    .byDefault("UTC"),
            Input.text(
                            "missed",
                            "policy for times missed while no host was running: skip, last (one job for all of them), or all:N (the latest N)")
                    .byDefault("last"),
            Input.of("grace", InputType.DURATION, "grace period, after which a time counts as missed")
                    .byDefault("1m"),
            Input.text(
                            "overlap",
                            "policy if an earlier job is unfinished: skip (no job), allow (run both), queue (wait until it is finished), cancel (cancel it first)")
                    .among(List.of("skip", "allow", "queue", "cancel"))
                    .byDefault("skip"),
            Input.of(
                    "jitter", InputType.DURATION, "maximum delay added to each scheduled time; constant for each time"),
            Input.of("start", InputType.TIME, "earliest scheduled time").mayBeNull(),
            Input.of("end", InputType.TIME, "end of the schedule: no scheduled times at or after this time")
                    .mayBeNull(),
            Input.of(
                            "calendars",
                            InputType.TEXTS,
                            "calendars in etc/; a time at which one of them is closed gets no job")
                    .mayBeNull(),
            Input.of("job", InputType.OBJECT, "fields of the specification of its jobs; other fields stay"));

    private static final List<Input> ADDED = List.of(
            Input.text("name", "name of the schedule").mandatory(),
            Input.of(
                            "job",
                            InputType.OBJECT,
                            "specification of its jobs. In texts of the payload, ${fireAt} is replaced by the scheduled time and ${lastCompletedAt} by the time of the last completed job; ${fireAt:yyyy-MM-dd} formats it in the time zone")
                    .mandatory());

    /** The inputs of a new schedule. */
    static final List<Input> ADD = Stream.concat(
                    ADDED.stream(),
                    CHANGE.stream().filter(input -> !input.name().equals("job")))
            .toList();

    private final OperationCall call;
    private final Inputs inputs;

    ScheduleInputs(OperationCall call) {
        this.call = call;
        inputs = call.inputs();
    }

    ScheduleSpecification added() {
        return with(ScheduleSpecification.named(inputs.needed("name"), job()));
    }

    ScheduleSpecification changed(ScheduleSpecification before) {
        ScheduleSpecification.Builder schedule = before.toBuilder();
        return with(inputs.has("job") ? schedule.job(changed(before.job())) : schedule);
    }

    private JobSpecification job() {
        return Inputs.in("job", () -> reader().read(SpecificationReader.ALONE, inputs.object("job"), Set.of()));
    }

    /** Returns the job with the given fields. A job of another type keeps only the fields that suit every type. */
    private JobSpecification changed(JobSpecification before) {
        Map<String, Object> fields = new LinkedHashMap<>(inputs.object("job"));
        JobSpecification like = fields.remove("type") instanceof String type ? retyped(type, before) : before;
        return Inputs.in("job", () -> reader().copy(SpecificationReader.ALONE, like, fields));
    }

    private static JobSpecification retyped(String type, JobSpecification before) {
        JobSpecificationBuilder job = JobSpecification.type(type);
        ifGiven(before.payload(), job::payload);
        ifGiven(before.routing().queue(), job::queue);
        ifGiven(before.routing().priority(), job::priority);
        ifGiven(before.runs().timeout(), job::timeout);
        ifGiven(before.runs().maxRetries(), job::maxRetries);
        return job.build();
    }

    private SpecificationReader reader() {
        return new SpecificationReader(call.status(), Clock.fixed(call.now(), ZoneOffset.UTC));
    }

    private ScheduleSpecification with(ScheduleSpecification.Builder schedule) {
        if (Stream.of("cron", "every", "delay").filter(inputs::has).count() > 1) {
            throw new ValidationException("cron, every and delay cannot be combined; give one");
        }
        ifGiven(inputs.text("cron"), schedule::cron);
        ifGiven(inputs.text("syntax"), text -> schedule.syntax(Inputs.in("syntax", () -> CronSyntax.of(text))));
        ifGiven(inputs.duration("every"), schedule::every);
        ifGiven(inputs.duration("delay"), schedule::delay);
        ifGiven(inputs.text("zone"), text -> schedule.zone(zone(text)));
        ifGiven(inputs.text("missed"), text -> schedule.missed(Inputs.in("missed", () -> MissedPolicy.of(text))));
        ifGiven(inputs.duration("grace"), schedule::grace);
        ifGiven(inputs.text("overlap"), text -> schedule.overlap(Inputs.in("overlap", () -> OverlapPolicy.of(text))));
        ifGiven(inputs.duration("jitter"), schedule::jitter);
        if (inputs.has("start")) {
            schedule.start(inputs.next("start"));
        }
        if (inputs.has("end")) {
            schedule.end(inputs.next("end"));
        }
        if (inputs.has("calendars")) {
            schedule.calendars(inputs.texts("calendars").stream()
                    .filter(name -> !name.isBlank())
                    .toList());
        }
        return schedule.build();
    }

    /** Reads a time zone. */
    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new ValidationException(
                    "zone", "invalid zone = '" + text + "'; use an ID such as Europe/Berlin or UTC");
        }
    }
}
