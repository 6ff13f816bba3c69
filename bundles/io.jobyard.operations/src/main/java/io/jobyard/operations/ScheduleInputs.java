// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import static io.jobyard.operations.api.Inputs.ifGiven;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.MissedPolicy;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.views.api.SpecificationReader;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a schedule from the inputs of a call. */
final class ScheduleInputs {

    /** The times of a schedule, and its job. */
    static final List<Input> CHANGE = List.of(
            Input.text("cron", "the times by the clock, such as 0 2 * * * or @daily"),
            Input.of("every", InputType.DURATION, "the interval between times"),
            Input.of("delay", InputType.DURATION, "the interval from the end of one job to the next time"),
            Input.text("zone", "the time zone of cron, such as Europe/Berlin").byDefault("UTC"),
            Input.text("missed", "what to do about missed times: skip, last or all:N")
                    .byDefault("last"),
            Input.of("grace", InputType.DURATION, "how late a time may be noticed without counting as missed")
                    .byDefault("1m"),
            Input.text("overlap", "what to do while an earlier job has not ended")
                    .among(List.of("skip", "allow", "queue", "cancel"))
                    .byDefault("skip"),
            Input.of("jitter", InputType.DURATION, "the longest random delay of a job after its time"),
            Input.of("start", InputType.TIME, "the first possible time: an instant, or a duration from now")
                    .mayBeNull(),
            Input.of("end", InputType.TIME, "no times from then on: an instant, or a duration from now")
                    .mayBeNull(),
            Input.of("job", InputType.OBJECT, "the specification of its jobs"));

    private static final List<Input> ADDED = List.of(
            Input.text("name", "the name of the schedule").mandatory(),
            Input.of("job", InputType.OBJECT, "the specification of its jobs").mandatory());

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
        return with(inputs.has("job") ? schedule.job(job()) : schedule);
    }

    private JobSpecification job() {
        SpecificationReader reader = new SpecificationReader(call.status(), Clock.fixed(call.now(), ZoneOffset.UTC));
        return Inputs.in("job", () -> reader.read("job", inputs.object("job"), Set.of()));
    }

    private ScheduleSpecification with(ScheduleSpecification.Builder schedule) {
        if (Stream.of("cron", "every", "delay").filter(inputs::has).count() > 1) {
            throw new ValidationException("there are several of cron, every and delay; give one");
        }
        ifGiven(inputs.text("cron"), schedule::cron);
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
        return schedule.build();
    }

    /** Reads a time zone. */
    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new ValidationException(
                    "zone", "zone = '" + text + "' is not a time zone; use one such as Europe/Berlin or UTC");
        }
    }
}
