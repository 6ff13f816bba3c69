// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static io.jobyard.rest.RestBody.ifGiven;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.MissedPolicy;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ValidationException;
import io.jobyard.views.api.SpecificationReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Stream;

/** A schedule as a body says it. */
final class ScheduleBody {

    private static final RequestBody TIMES = RequestBody.of("times")
            .may("cron", ValueKind.TEXT, "the times by the clock, such as 0 2 * * * or @daily")
            .may("every", ValueKind.ANY, "from one time to the next: seconds, or a duration such as 5m")
            .may("delay", ValueKind.ANY, "from the end of one job to the next time")
            .may("zone", ValueKind.TEXT, "the time zone of cron, such as Europe/Berlin; UTC if left out")
            .may("missed", ValueKind.TEXT, "what is done about missed times: skip, last (if left out) or all:N")
            .may("grace", ValueKind.ANY, "how late a time may be seen to and is not missed yet; 1m if left out")
            .may(
                    "overlap",
                    ValueKind.TEXT,
                    "when an earlier job has not ended: skip (if left out), allow, queue or cancel")
            .may("jitter", ValueKind.ANY, "by how much a job may be later than its time")
            .mayBeNull("start", ValueKind.TEXT, "no times earlier: an instant, or a duration from now")
            .mayBeNull("end", ValueKind.TEXT, "no times from then on");

    static final RequestBody CHANGE =
            TIMES.named("schedule change").may("job", ValueKind.OBJECT, "the specification of its jobs");

    static final RequestBody ADD = TIMES.named("schedule")
            .must("name", ValueKind.TEXT, "its name")
            .must("job", ValueKind.OBJECT, "the specification of its jobs");

    private final RestRequest request;
    private final RestBody body;

    ScheduleBody(RestRequest request) throws IOException {
        this.request = request;
        body = request.body();
    }

    ScheduleSpecification added() {
        return with(ScheduleSpecification.named(body.needed("name"), job()));
    }

    ScheduleSpecification changed(ScheduleSpecification before) {
        ScheduleSpecification.Builder schedule = before.toBuilder();
        return with(body.has("job") ? schedule.job(job()) : schedule);
    }

    private JobSpecification job() {
        SpecificationReader reader = new SpecificationReader(request.status(), request.host().clock);
        return RestBody.in("job", () -> reader.read("the body: job", body.object("job"), Set.of()));
    }

    private ScheduleSpecification with(ScheduleSpecification.Builder schedule) {
        if (Stream.of("cron", "every", "delay").filter(body::has).count() > 1) {
            throw new ValidationException("the body has several of cron, every and delay; give one");
        }
        ifGiven(body.text("cron"), schedule::cron);
        ifGiven(body.duration("every"), schedule::every);
        ifGiven(body.duration("delay"), schedule::delay);
        ifGiven(body.text("zone"), text -> schedule.zone(zone("zone", text)));
        ifGiven(body.text("missed"), text -> schedule.missed(RestBody.in("missed", () -> MissedPolicy.of(text))));
        ifGiven(body.duration("grace"), schedule::grace);
        ifGiven(body.text("overlap"), text -> schedule.overlap(RestBody.in("overlap", () -> OverlapPolicy.of(text))));
        ifGiven(body.duration("jitter"), schedule::jitter);
        if (body.has("start")) {
            schedule.start(body.next("start"));
        }
        if (body.has("end")) {
            schedule.end(body.next("end"));
        }
        return schedule.build();
    }

    static ZoneId zone(String name, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new ValidationException(
                    name, name + " = '" + text + "' is no time zone; use one such as Europe/Berlin or UTC");
        }
    }
}
