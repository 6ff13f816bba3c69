// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobSpecificationBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Field of a job, declared once. JSON, HTTP, SQL, schedules, command options and their reference pages are derived from it. Some
 * fields may also be changed before the job starts.
 */
public final class JobField {

    /** All fields, in order. */
    public static final List<JobField> ALL = List.of(
            new JobField("type", JobFieldType.TEXT, "Job type, which selects the handler.", (job, value) -> {}),
            new JobField(
                    "payload",
                    JobFieldType.OBJECT,
                    "Payload, a JSON object; {} if empty.",
                    (job, value) -> job.payload(value.object())),
            new JobField(
                    "name",
                    JobFieldType.TEXT,
                    "Name among the jobs submitted together; not stored.",
                    (job, value) -> job.name(value.text())),
            new JobField(
                            "priority",
                            JobFieldType.WHOLE,
                            "Priority; 1 is highest (default: the middle priority).",
                            (job, value) -> job.priority(value.number()))
                    .between(1, null)
                    .option("--priority", "N")
                    .change((change, value) -> change.priority(value.number())),
            new JobField(
                            "queue",
                            JobFieldType.TEXT,
                            "Queue (default: the queue of the type).",
                            (job, value) -> job.queue(value.text()))
                    .option("--queue", "Q")
                    .change((change, value) -> change.queue(value.isNull() ? null : value.text()))
                    .cleared(),
            new JobField(
                            "dependencies",
                            JobFieldType.DEPENDENCIES,
                            "Jobs that must complete first: IDs, or names of jobs submitted together. A suffix sets the"
                                    + " policy for a dependency that does not complete: fail, cancel or run.",
                            (job, value) -> value.dependencies(job))
                    .option("--depends", "ID,ID:run"),
            new JobField(
                            "ifDependencyFails",
                            JobFieldType.TEXT,
                            "Policy for dependencies without their own: fail (default), cancel or run.",
                            (job, value) -> job.ifDependencyFails(value.policy()))
                    .among(StateWords.of(DependencyPolicy.values(), DependencyPolicy::text))
                    .option("--if-dependency-fails", "P"),
            new JobField(
                            "timeout",
                            JobFieldType.DURATION,
                            "Maximum time of a run (1 second to 1 day).",
                            (job, value) -> job.timeout(value.duration()))
                    .option("--timeout", "S")
                    .change((change, value) -> change.timeout(value.duration())),
            new JobField(
                            "maxRetries",
                            JobFieldType.WHOLE,
                            "Maximum number of retries (0–10).",
                            (job, value) -> job.maxRetries(value.number()))
                    .between(0, 10)
                    .option("--retries", "N"),
            new JobField(
                            "notBefore",
                            JobFieldType.TIME,
                            "Earliest start.",
                            (job, value) -> job.notBefore(value.instant()))
                    .option("--after", "TIME")
                    .change((change, value) -> change.notBefore(value.isNull() ? null : value.instant()))
                    .cleared(),
            new JobField(
                            "expires",
                            JobFieldType.TIME,
                            "Time at which the job fails if it has not started; also applies between attempts.",
                            (job, value) -> job.expires(value.instant()))
                    .option("--expires", "TIME"),
            new JobField(
                            "deadline",
                            JobFieldType.TIME,
                            "Time at which the job fails unless it is finished; a run is interrupted.",
                            (job, value) -> job.deadline(value.instant()))
                    .option("--deadline", "TIME"),
            new JobField(
                            "key",
                            JobFieldType.TEXT,
                            "Idempotency key: while your job with this key is unfinished, a submit returns that job and"
                                    + " stores no second one.",
                            (job, value) -> job.key(value.text()))
                    .option("--key", "K"),
            new JobField(
                            "keyPolicy",
                            JobFieldType.TEXT,
                            "Policy if the key is in use. return: return that job (default). replace: replace that job if it"
                                    + " has not started. debounce:30s: replace it, and start once no other submit came for this time."
                                    + " throttle:5m: keep the key for this time, even after the job is finished.",
                            (job, value) -> job.keyPolicy(value.keyPolicy()))
                    .option("--key-policy", "POLICY"),
            new JobField(
                            "labels",
                            JobFieldType.TEXTS_BY_NAME,
                            "Your own labels.",
                            (job, value) ->
                                    value.members("label").forEach((label, mark) -> job.label(label, mark.text())))
                    .option("--label", "K=V")
                    .change((change, value) -> value.members("label")
                            .forEach((label, mark) -> change.label(label, mark.isNull() ? null : mark.text()))),
            new JobField(
                            "group",
                            JobFieldType.TEXT,
                            "Group of the job, one of your own; the first job creates the group.",
                            (job, value) -> job.group(value.text()))
                    .option("--group", "NAME"),
            new JobField(
                            "endsGroup",
                            JobFieldType.TEXT,
                            "Group that the job ends, one of your own: the job starts when all jobs of the group are"
                                    + " finished, whatever their results, and the group accepts no more jobs.",
                            (job, value) -> job.endsGroup(value.text()))
                    .option("--ends-group", "NAME"),
            new JobField(
                            "handlerVersion",
                            JobFieldType.TEXT,
                            "Range of accepted handler versions, for example [1.2,2).",
                            (job, value) -> job.handlerVersion(value.text()))
                    .option("--handler-version", "RANGE"),
            new JobField(
                            "limits",
                            JobFieldType.NAMES,
                            "Limits that the job uses, in addition to those of its handler.",
                            (job, value) -> value.limits().forEach(job::limits))
                    .option("--limits", "NAME,NAME")
                    .change((change, value) -> change.limits(value.limits().toArray(String[]::new))),
            new JobField(
                            "estimate",
                            JobFieldType.NUMBERS_BY_NAME,
                            "Expected usage of a run per unit, for example 800 tokens.",
                            (job, value) -> value.members("estimate")
                                    .forEach((unit, amount) -> job.estimate(unit, amount.amount())))
                    .option("--estimate", "UNIT=N"),
            new JobField(
                            "slots",
                            JobFieldType.COUNTS_BY_NAME,
                            "Slots of a limit's running.max that a run takes (default 1); the job uses that limit.",
                            (job, value) ->
                                    value.members("slots").forEach((limit, slots) -> job.slots(limit, slots.number())))
                    .option("--slots", "LIMIT=N"));

    /** The fields that may be changed before a job starts. */
    public static final List<JobField> CHANGEABLE =
            ALL.stream().filter(field -> field.change != null).toList();

    /** The fields that may differ in a copy of a job. */
    public static final List<JobField> OF_COPIES = ALL.stream()
            .filter(field -> !field.name.equals("type") && !field.name.equals("name"))
            .toList();

    private final String name;
    private final JobFieldType type;
    private final String meaning;
    private final BiConsumer<JobSpecificationBuilder, SpecificationValue> set;
    private final Map<String, Object> bounds = new LinkedHashMap<>();
    private String option = "";
    private String label = "";
    private boolean isCleared;
    private @Nullable BiConsumer<JobChange, SpecificationValue> change;

    private JobField(
            String name,
            JobFieldType type,
            String meaning,
            BiConsumer<JobSpecificationBuilder, SpecificationValue> set) {
        this.name = name;
        this.type = type;
        this.meaning = meaning;
        this.set = set;
    }

    private JobField between(int least, @Nullable Integer most) {
        bounds.put("minimum", least);
        if (most != null) {
            bounds.put("maximum", most);
        }
        return this;
    }

    private JobField among(List<String> words) {
        bounds.put("enum", words);
        return this;
    }

    private JobField option(String named, String labelled) {
        option = named;
        label = labelled;
        return this;
    }

    private JobField change(BiConsumer<JobChange, SpecificationValue> how) {
        change = how;
        return this;
    }

    private JobField cleared() {
        isCleared = true;
        return this;
    }

    /** Returns the name in JSON. */
    public String name() {
        return name;
    }

    /** Returns the type of the values. */
    public JobFieldType type() {
        return type;
    }

    /** Returns the meaning, in sentences. */
    public String meaning() {
        return meaning;
    }

    /** Returns the option, for example {@code --priority}; empty if commands read the field in another way. */
    public String option() {
        return option;
    }

    /** Returns the placeholder of the option's value in help. */
    public String label() {
        return label;
    }

    /** Returns whether the field is optional, so that null in a change clears it. */
    public boolean isCleared() {
        return isCleared;
    }

    /** Returns the JSON Schema; for a change of a job, null clears the value. */
    public Map<String, Object> schema(boolean changes) {
        Map<String, Object> schema = new LinkedHashMap<>(type.schema());
        schema.putAll(bounds);
        if (changes && isCleared) {
            schema.computeIfPresent("type", (key, known) -> List.of(known, "null"));
        }
        if (changes && type == JobFieldType.TEXTS_BY_NAME) {
            schema.put("additionalProperties", Map.of("type", List.of("string", "null")));
        }
        schema.put("description", meaning);
        return schema;
    }

    void set(JobSpecificationBuilder job, SpecificationValue value) {
        set.accept(job, value);
    }

    void change(JobChange changed, SpecificationValue value) {
        if (change != null) {
            change.accept(changed, value);
        }
    }
}
