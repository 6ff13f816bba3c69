// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.ScheduleEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;

/** Event Admin events. They contain no payloads or errors, because every subscriber receives them. */
final class Topics {

    private static final String PREFIX = "io/jobyard/job/";
    private static final String SCHEDULE_PREFIX = "io/jobyard/schedule/";

    private static final String BACKLOG_PREFIX = "io/jobyard/backlog/";

    static final String SOFT_PASSED = "io/jobyard/limit/SOFT_PASSED";

    private Topics() {}

    static String of(BacklogEvent.BacklogChange kind) {
        return BACKLOG_PREFIX + kind.name();
    }

    static Event event(BacklogEvent event) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (event.queue() != null) {
            properties.put("queue", event.queue());
        }
        properties.put("measure", event.measure().text());
        properties.put("value", event.value());
        properties.put("max", event.max());
        properties.put(EventConstants.TIMESTAMP, event.at().toEpochMilli());
        return new Event(of(event.kind()), properties);
    }

    static Event event(LimitEvent event) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("kind", event.kind());
        properties.put("name", event.name());
        properties.put("unit", event.unit());
        properties.put("budget", event.budget());
        properties.put("used", event.used());
        properties.put("since", event.since().toString());
        properties.put("until", event.until().toString());
        return new Event(SOFT_PASSED, properties);
    }

    static String of(ScheduleEvent.ScheduleOutcome kind) {
        return SCHEDULE_PREFIX + kind.name();
    }

    static Event event(ScheduleEvent event) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("schedule", event.fire().schedule());
        properties.put("fireAt", event.at().toString());
        properties.put("times", event.times());
        properties.put("lateMillis", event.late().toMillis());
        if (event.job() != null) {
            properties.put("id", event.job().toString());
        }
        return new Event(of(event.kind()), properties);
    }

    static String of(JobStatus status) {
        return PREFIX + status.name();
    }

    static Event event(JobEvent event) {
        HistoryEvent change = event.change();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", event.job().toString());
        properties.put("type", event.type());
        properties.put("submitter", event.submitter());
        if (event.queue() != null) {
            properties.put("queue", event.queue());
        }
        properties.put("status", change.to().text());
        if (change.reason() != null) {
            properties.put("reason", change.reason().text());
        }
        properties.put("run", change.run().number());
        properties.put("attempt", change.run().attempt());
        properties.put("cursor", event.cursor().toString());
        properties.put(EventConstants.TIMESTAMP, change.at().toEpochMilli());
        return new Event(of(change.to()), properties);
    }
}
