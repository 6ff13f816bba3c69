// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes specifications of JSON objects. Each field is declared once, for reading and for the reference page. */
public final class SpecificationReader {

    private static final List<SpecificationField> FIELDS = List.of(
            new SpecificationField("type", "text", "names the handler the job needs", (job, value) -> {}),
            new SpecificationField(
                    "payload",
                    "object",
                    "what the handler gets, `{}` at least",
                    (job, value) -> job.payload(value.object())),
            new SpecificationField(
                    "name",
                    "text",
                    "a name among the jobs that are submitted together; it is not stored",
                    (job, value) -> job.name(value.text())),
            new SpecificationField(
                    "priority", "number", "the level, 1 first", (job, value) -> job.priority(value.number())),
            new SpecificationField("queue", "text", "the queue's name", (job, value) -> job.queue(value.text())),
            new SpecificationField(
                    "dependencies",
                    "list of texts",
                    "jobs that must complete first: names among those that are submitted together, also of later ones, or"
                            + " ids of jobs that are stored already",
                    (job, value) -> value.dependencies(job)),
            new SpecificationField(
                    "ifDependencyFails",
                    "text",
                    "`fail` (if left out), `cancel` or `run`",
                    (job, value) -> job.ifDependencyFails(value.policy())),
            new SpecificationField(
                    "timeout",
                    "number or text",
                    "how long one run may take: seconds, or a duration such as `5m`",
                    (job, value) -> job.timeout(value.duration())),
            new SpecificationField("maxRetries", "number", "0 to 10", (job, value) -> job.maxRetries(value.number())),
            new SpecificationField(
                    "notBefore",
                    "text",
                    "when it may start: an instant such as `2027-01-31T08:00:00Z`, or a duration from now such as `5m`",
                    (job, value) -> job.notBefore(value.instant())),
            new SpecificationField(
                    "expires",
                    "text",
                    "when it fails if it waits or is queued: an instant, or a duration from now",
                    (job, value) -> job.expires(value.instant())),
            new SpecificationField(
                    "key",
                    "text",
                    "while a job with this key of yours is not over, no second one is stored",
                    (job, value) -> job.key(value.text())),
            new SpecificationField(
                    "labels",
                    "object of texts",
                    "marks of your own, such as `{\"run\": \"night\"}`",
                    (job, value) -> value.members("label").forEach((label, mark) -> job.label(label, mark.text()))),
            new SpecificationField(
                    "handlerVersion",
                    "text",
                    "a range of versions, such as `[1.2,2)`",
                    (job, value) -> job.handlerVersion(value.text())),
            new SpecificationField(
                    "limits",
                    "list of texts",
                    "limits it draws on beside those of its handler, such as `[\"openai\"]`",
                    (job, value) -> value.limits().forEach(job::limits)),
            new SpecificationField(
                    "estimate",
                    "object of numbers",
                    "how much of each unit a run is expected to use, such as `{\"tokens\": 800}`",
                    (job, value) ->
                            value.members("estimate").forEach((unit, amount) -> job.estimate(unit, amount.amount()))));

    private final StatusReporter status;
    private final Clock clock;

    /**
     * A reader for one user.
     *
     * @param status knows the jobs that are stored already
     * @param clock what durations count from
     */
    public SpecificationReader(StatusReporter status, Clock clock) {
        this.status = status;
        this.clock = clock;
    }

    /**
     * What a specification may say.
     *
     * @return the fields in their order
     */
    public static List<View.Field> fields() {
        return FIELDS.stream()
                .map(field -> new View.Field(field.name(), field.type(), null, field.meaning()))
                .toList();
    }

    /**
     * Reads one.
     *
     * @param where names the object in a fault, such as "line 3 of jobs.jsonl"
     * @param object as {@link JsonReader} reads it; fields that are null count as left out
     * @param names those of all jobs that are submitted together
     * @return the specification
     * @throws ValidationException if the object says something else than a specification does
     */
    public JobSpecification read(String where, Map<String, Object> object, Set<String> names) {
        SpecificationValue.Place place = new SpecificationValue.Place(where, names, status, clock);
        if (object.get("type") == null) {
            throw place.wrong("type", "is missing; name the handler the job needs");
        }
        if (object.get("payload") == null) {
            throw place.wrong("payload", "is missing; give a JSON object, {} at least");
        }
        JobSpecification.Builder job =
                JobSpecification.type(new SpecificationValue(place, "type", object.get("type")).text());
        object.forEach((key, value) -> {
            if (value != null) {
                field(key, place).setter().set(job, new SpecificationValue(place, key, value));
            }
        });
        return job.build();
    }

    private static SpecificationField field(String key, SpecificationValue.Place place) {
        return FIELDS.stream()
                .filter(field -> field.name().equals(key))
                .findFirst()
                .orElseThrow(() -> place.wrong(
                        "'" + key + "'",
                        "is not known; use "
                                + String.join(
                                        ", ",
                                        FIELDS.stream()
                                                .map(SpecificationField::name)
                                                .toList())));
    }
}
