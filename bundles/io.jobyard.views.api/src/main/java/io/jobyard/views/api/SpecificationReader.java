// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.text.Spelling;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Makes specifications of JSON objects. Each field is declared once, for reading and for the reference page. */
public final class SpecificationReader {

    private static final Map<String, SpecificationField> FIELDS = new LinkedHashMap<>();

    private record SpecificationField(String meaning, BiConsumer<JobSpecificationBuilder, SpecificationValue> setter) {}

    static {
        field("type", "names the handler the job needs", (job, value) -> {});
        field(
                "payload",
                "an object: what the handler gets, `{}` at least",
                (job, value) -> job.payload(value.object()));
        field(
                "name",
                "a name among the jobs submitted together; it is not stored",
                (job, value) -> job.name(value.text()));
        field("priority", "a whole number, 1 first", (job, value) -> job.priority(value.number()));
        field("queue", "the queue's name", (job, value) -> job.queue(value.text()));
        field(
                "dependencies",
                "a list of jobs that must complete first: names among those submitted together, also of later ones, or"
                        + " ids of jobs that are stored already; `{\"id\": …, \"ifFails\": \"run\"}` gives one of them"
                        + " a policy of its own",
                (job, value) -> value.dependencies(job));
        field(
                "ifDependencyFails",
                "`fail` (if left out), `cancel` or `run`: for all dependencies without a policy of their own",
                (job, value) -> job.ifDependencyFails(value.policy()));
        field("timeout", "seconds, or a duration such as `\"5m\"`", (job, value) -> job.timeout(value.duration()));
        field("maxRetries", "0 to 10", (job, value) -> job.maxRetries(value.number()));
        field(
                "notBefore",
                "when it may start: an instant such as `\"2027-01-31T08:00:00Z\"`, or a duration from now such as `\"5m\"`",
                (job, value) -> job.notBefore(value.instant()));
        field(
                "expires",
                "when it fails if it waits or is queued, told alike",
                (job, value) -> job.expires(value.instant()));
        field(
                "deadline",
                "when it fails unless it has ended, also while it runs, told alike",
                (job, value) -> job.deadline(value.instant()));
        field(
                "key",
                "while a job with this key of yours is not over, no second one is stored",
                (job, value) -> job.key(value.text()));
        field(
                "keyPolicy",
                "what a submit does whose key is taken: `return` (if left out), `replace`, `debounce:30s` or `throttle:5m`",
                (job, value) -> job.keyPolicy(value.keyPolicy()));
        field(
                "labels",
                "an object of strings, `{\"run\": \"night\"}`",
                (job, value) -> value.members("label").forEach((label, mark) -> job.label(label, mark.text())));
        field(
                "group",
                "the group of yours that it is one of, `\"night\"`; the first job makes it",
                (job, value) -> job.group(value.text()));
        field(
                "endsGroup",
                "the group of yours that it ends: it waits for all jobs that the group has, those submitted together with it"
                        + " too, and the group gets no more; `ifDependencyFails` is `run` then, if left out",
                (job, value) -> job.endsGroup(value.text()));
        field("handlerVersion", "a range of versions, `\"[1.2,2)\"`", (job, value) -> job.handlerVersion(value.text()));
        field(
                "limits",
                "a list of limits, `[\"openai\"]`",
                (job, value) -> value.limits().forEach(job::limits));
        field(
                "estimate",
                "an object of numbers, `{\"tokens\": 800}`",
                (job, value) ->
                        value.members("estimate").forEach((unit, amount) -> job.estimate(unit, amount.amount())));
    }

    private final Function<String, JobId> stored;
    private final Clock clock;

    /**
     * A reader for one user.
     *
     * @param status knows the jobs that are stored already
     * @param clock what durations count from
     */
    public SpecificationReader(StatusReporter status, Clock clock) {
        this(status::resolve, clock);
    }

    /**
     * A reader for those who name stored jobs in their own way.
     *
     * @param stored the id of a job that a dependency names, or what it throws
     * @param clock what durations count from
     */
    public SpecificationReader(Function<String, JobId> stored, Clock clock) {
        this.stored = stored;
        this.clock = clock;
    }

    /**
     * What a specification may say.
     *
     * @return the meaning of each field, in their order
     */
    public static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        FIELDS.forEach((name, field) -> fields.put(name, field.meaning()));
        return fields;
    }

    /**
     * Reads one.
     *
     * @param where names the object in a fault, such as "line 3 of jobs.jsonl"
     * @param object as {@link JsonReader} reads it; fields that are null count as left out
     * @param names those of all jobs that are submitted together
     * @throws ValidationException if the object says something else than a specification does
     */
    public JobSpecification read(String where, Map<String, Object> object, Set<String> names) {
        SpecificationValue.ValuePosition position = new SpecificationValue.ValuePosition(where, names, stored, clock);
        Object type = object.get("type");
        if (type == null) {
            throw position.wrong("type", "type", "is missing; name the handler the job needs");
        }
        if (object.get("payload") == null) {
            throw position.wrong("payload", "payload", "is missing; give a JSON object, {} at least");
        }
        JobSpecificationBuilder job = JobSpecification.type(new SpecificationValue(position, "type", type).text());
        object.forEach((key, value) -> {
            if (value != null) {
                SpecificationField field = FIELDS.get(key);
                if (field == null) {
                    throw position.wrong(
                            "'" + key + "'",
                            FieldProblem.path("", key),
                            "is not known" + Spelling.hint(key, FIELDS.keySet()) + "; use "
                                    + String.join(", ", FIELDS.keySet()));
                }
                field.setter().accept(job, new SpecificationValue(position, key, value));
            }
        });
        return job.build();
    }

    private static void field(
            String name, String meaning, BiConsumer<JobSpecificationBuilder, SpecificationValue> setter) {
        FIELDS.put(name, new SpecificationField(meaning, setter));
    }
}
