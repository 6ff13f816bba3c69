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
 * A field of a job, declared once: JSON, HTTP, SQL, schedules, the options of commands and their reference pages are made from it. Some of
 * them may also be changed before the job starts.
 */
public final class JobField {

    /** All of them, in their order. */
    public static final List<JobField> ALL = List.of(
            new JobField("type", JobFieldType.TEXT, "Names the handler that it needs.", (job, value) -> {}),
            new JobField(
                    "payload",
                    JobFieldType.OBJECT,
                    "What the handler gets, {} at least.",
                    (job, value) -> job.payload(value.object())),
            new JobField(
                    "name",
                    JobFieldType.TEXT,
                    "Its name among the jobs submitted together; it is not stored.",
                    (job, value) -> job.name(value.text())),
            new JobField(
                            "priority",
                            JobFieldType.WHOLE,
                            "The level, 1 first. A job without one has the middle one.",
                            (job, value) -> job.priority(value.number()))
                    .between(1, null)
                    .option("--priority", "N")
                    .change((change, value) -> change.priority(value.number())),
            new JobField(
                            "queue",
                            JobFieldType.TEXT,
                            "The queue. A job without one goes by its type.",
                            (job, value) -> job.queue(value.text()))
                    .option("--queue", "Q")
                    .change((change, value) -> change.queue(value.isNull() ? null : value.text()))
                    .cleared(),
            new JobField(
                            "dependencies",
                            JobFieldType.DEPENDENCIES,
                            "Jobs that must complete first: ids, or names of jobs submitted together. Each may say what becomes of this job"
                                    + " if that one does not: fail, cancel or run.",
                            (job, value) -> value.dependencies(job))
                    .option("--depends", "ID,ID:run"),
            new JobField(
                            "ifDependencyFails",
                            JobFieldType.TEXT,
                            "The same for all dependencies that say nothing of it: fail (if left out), cancel or run.",
                            (job, value) -> job.ifDependencyFails(value.policy()))
                    .among(StateWords.of(DependencyPolicy.values(), DependencyPolicy::text))
                    .option("--if-dependency-fails", "P"),
            new JobField(
                            "timeout",
                            JobFieldType.DURATION,
                            "How long one run may take, 1 second to 1 day.",
                            (job, value) -> job.timeout(value.duration()))
                    .option("--timeout", "S")
                    .change((change, value) -> change.timeout(value.duration())),
            new JobField(
                            "maxRetries",
                            JobFieldType.WHOLE,
                            "How often it is tried again, 0 to 10.",
                            (job, value) -> job.maxRetries(value.number()))
                    .between(0, 10)
                    .option("--retries", "N"),
            new JobField(
                            "notBefore",
                            JobFieldType.TIME,
                            "It does not start earlier.",
                            (job, value) -> job.notBefore(value.instant()))
                    .option("--after", "TIME")
                    .change((change, value) -> change.notBefore(value.isNull() ? null : value.instant()))
                    .cleared(),
            new JobField(
                            "expires",
                            JobFieldType.TIME,
                            "It fails if it waits or is queued then, also between attempts.",
                            (job, value) -> job.expires(value.instant()))
                    .option("--expires", "TIME"),
            new JobField(
                            "deadline",
                            JobFieldType.TIME,
                            "It fails if it has not ended by then; a run is cut.",
                            (job, value) -> job.deadline(value.instant()))
                    .option("--deadline", "TIME"),
            new JobField(
                            "key",
                            JobFieldType.TEXT,
                            "While your job with this key is not over, no second one is stored: the first is the answer.",
                            (job, value) -> job.key(value.text()))
                    .option("--key", "K"),
            new JobField(
                            "keyPolicy",
                            JobFieldType.TEXT,
                            "If the key is taken: return (answer with that job; the default), replace (make it this job if it has not"
                                    + " started), debounce:30s (the same, and start when so long no other came), throttle:5m (take the key"
                                    + " for so long, also when the job is over).",
                            (job, value) -> job.keyPolicy(value.keyPolicy()))
                    .option("--key-policy", "POLICY"),
            new JobField(
                            "labels",
                            JobFieldType.TEXTS_BY_NAME,
                            "Marks of your own.",
                            (job, value) ->
                                    value.members("label").forEach((label, mark) -> job.label(label, mark.text())))
                    .option("--label", "K=V")
                    .change((change, value) -> value.members("label")
                            .forEach((label, mark) -> change.label(label, mark.isNull() ? null : mark.text()))),
            new JobField(
                            "group",
                            JobFieldType.TEXT,
                            "The group of yours that it is one of; the first job makes it.",
                            (job, value) -> job.group(value.text()))
                    .option("--group", "NAME"),
            new JobField(
                            "endsGroup",
                            JobFieldType.TEXT,
                            "The group of yours that it ends: it starts when all jobs that the group has are over, whatever came of them, and"
                                    + " the group gets no more.",
                            (job, value) -> job.endsGroup(value.text()))
                    .option("--ends-group", "NAME"),
            new JobField(
                            "handlerVersion",
                            JobFieldType.TEXT,
                            "The versions that its handler may have, such as [1.2,2).",
                            (job, value) -> job.handlerVersion(value.text()))
                    .option("--handler-version", "RANGE"),
            new JobField(
                            "limits",
                            JobFieldType.NAMES,
                            "Limits that it draws on, beside those of its handler.",
                            (job, value) -> value.limits().forEach(job::limits))
                    .option("--limits", "NAME,NAME")
                    .change((change, value) -> change.limits(value.limits().toArray(String[]::new))),
            new JobField(
                            "estimate",
                            JobFieldType.NUMBERS_BY_NAME,
                            "How much of each unit a run is expected to use, such as 800 tokens.",
                            (job, value) -> value.members("estimate")
                                    .forEach((unit, amount) -> job.estimate(unit, amount.amount())))
                    .option("--estimate", "UNIT=N"),
            new JobField(
                            "slots",
                            JobFieldType.COUNTS_BY_NAME,
                            "How many slots of a limit's running.max it takes while it runs, 1 if left out; it draws on that limit.",
                            (job, value) ->
                                    value.members("slots").forEach((limit, slots) -> job.slots(limit, slots.number())))
                    .option("--slots", "LIMIT=N"));

    /** Those that may be changed before a job starts. */
    public static final List<JobField> CHANGEABLE =
            ALL.stream().filter(field -> field.change != null).toList();

    /** Those that a copy of a job may have different. */
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

    /** Its name in JSON. */
    public String name() {
        return name;
    }

    /** What it takes. */
    public JobFieldType type() {
        return type;
    }

    /** What it says, in sentences. */
    public String meaning() {
        return meaning;
    }

    /** Its option, such as {@code --priority}; empty if commands take it otherwise. */
    public String option() {
        return option;
    }

    /** What stands for the option's value in help. */
    public String label() {
        return label;
    }

    /** Whether a job may be without it, so that null in a change takes it away. */
    public boolean isCleared() {
        return isCleared;
    }

    /**
     * Its JSON Schema.
     *
     * @param changes of a job that is changed: null clears what it has
     */
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
