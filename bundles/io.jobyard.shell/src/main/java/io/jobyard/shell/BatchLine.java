// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a batch. */
final class BatchLine {

    private static final String KEYS = "type, payload, name, priority, queue, dependencies, ifDependencyFails, timeout,"
            + " maxRetries, notBefore, expires, key, labels, handlerVersion, limits, estimate";

    private final String where;
    private final Map<String, Object> line;
    private final Set<Object> names;
    private final StatusReporter status;
    private final Clock clock;

    BatchLine(String where, Map<String, Object> line, Set<Object> names, StatusReporter status, Clock clock) {
        this.where = where;
        this.line = line;
        this.names = names;
        this.status = status;
        this.clock = clock;
    }

    JobSpecification read() {
        if (line.get("type") == null) {
            throw wrong("type", "is missing; name the handler the job needs");
        }
        if (line.get("payload") == null) {
            throw wrong("payload", "is missing; give a JSON object, {} at least");
        }
        JobSpecification.Builder job = JobSpecification.type(text("type", line.get("type")));
        line.forEach((key, value) -> {
            if (value != null && !key.equals("type")) {
                set(job, key, value);
            }
        });
        return job.build();
    }

    private void set(JobSpecification.Builder job, String key, Object value) {
        switch (key) {
            case "payload" -> job.payload(object(key, value));
            case "name" -> job.name(text(key, value));
            case "priority" -> job.priority(number(key, value));
            case "queue" -> job.queue(text(key, value));
            case "dependencies" -> dependencies(job, value);
            case "ifDependencyFails" -> job.ifDependencyFails(policy(text(key, value)));
            case "timeout" -> job.timeout(duration(key, value));
            case "maxRetries" -> job.maxRetries(number(key, value));
            case "notBefore" -> job.notBefore(instant(key, value));
            case "expires" -> job.expires(instant(key, value));
            case "key" -> job.key(text(key, value));
            case "labels" ->
                object(key, value).forEach((label, mark) -> job.label(label, text("label " + label, mark)));
            case "handlerVersion" -> job.handlerVersion(text(key, value));
            case "limits" -> limits(job, value);
            case "estimate" ->
                object(key, value).forEach((unit, amount) -> job.estimate(unit, amount("estimate " + unit, amount)));
            default -> throw wrong("'" + key + "'", "is not known; use " + KEYS);
        }
    }

    private void dependencies(JobSpecification.Builder job, Object value) {
        if (!(value instanceof List<?> list)) {
            throw wrong("dependencies", "must be a list of names and ids, such as [\"first\"]");
        }
        for (Object each : list) {
            String dependency = text("dependencies", each);
            if (names.contains(dependency)) {
                job.dependsOn(dependency);
            } else {
                job.dependsOn(existing(dependency));
            }
        }
    }

    private void limits(JobSpecification.Builder job, Object value) {
        if (!(value instanceof List<?> list)) {
            throw wrong("limits", "must be a list of names, such as [\"openai\"]");
        }
        list.forEach(each -> job.limits(text("limits", each)));
    }

    private double amount(String key, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(key, "must be a number");
    }

    private JobId existing(String dependency) {
        try {
            return status.resolve(dependency);
        } catch (JobyardException e) {
            throw new ValidationException(where + ": no line has the name '" + dependency + "', and " + e.getMessage());
        }
    }

    private DependencyPolicy policy(String text) {
        try {
            return DependencyPolicy.of(text);
        } catch (ValidationException e) {
            throw new ValidationException(where + ": " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> object(String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw wrong(key, "must be a JSON object");
    }

    private String text(String key, @Nullable Object value) {
        if (value instanceof String string) {
            return string;
        }
        throw wrong(key, "must be a string");
    }

    private int number(String key, Object value) {
        if (value instanceof Integer number) {
            return number;
        }
        throw wrong(key, "must be a whole number");
    }

    private Duration duration(String key, Object value) {
        return value instanceof Integer seconds
                ? Duration.ofSeconds(seconds)
                : Durations.parse(where + ": " + key, String.valueOf(value));
    }

    private Instant instant(String key, Object value) {
        String text = text(key, value);
        try {
            return text.endsWith("Z") ? Instant.parse(text) : clock.instant().plus(Durations.parse(key, text));
        } catch (DateTimeParseException | UsageException e) {
            throw wrong(key, "must be an instant such as 2027-01-31T08:00:00Z, or a duration from now such as 5m");
        }
    }

    private ValidationException wrong(String key, String fault) {
        return new ValidationException(where + ": " + key + " " + fault);
    }
}
