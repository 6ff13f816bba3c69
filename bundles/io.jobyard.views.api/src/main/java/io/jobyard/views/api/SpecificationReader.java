// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.SpecificationValue.ValuePosition;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes specifications of JSON objects: of what stands in files and requests, and of what options of commands say. */
public final class SpecificationReader {

    /** In place of where an object stands: options of a command made it, and a fault names the option. */
    public static final String OPTIONS = "";

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
     * Reads one.
     *
     * @param where names the object in a fault, such as "line 3 of jobs.jsonl"; or {@link #OPTIONS}
     * @param object as {@link JsonReader} reads it; fields that are null count as left out
     * @param names those of all jobs that are submitted together
     * @throws ValidationException if the object says something else than a specification does
     */
    public JobSpecification read(String where, Map<String, Object> object, Set<String> names) {
        ValuePosition position = new ValuePosition(where, names, stored, clock);
        Object type = object.get("type");
        if (type == null) {
            throw position.wrong("type", "type", "is missing; name the handler the job needs");
        }
        if (object.get("payload") == null) {
            throw position.wrong("payload", "payload", "is missing; give a JSON object, {} at least");
        }
        JobSpecificationBuilder job = JobSpecification.type(new SpecificationValue(position, "type", type).text());
        return set(job, JobField.ALL, position, object);
    }

    /**
     * Reads what is different about a copy of a job.
     *
     * @param where as for {@link #read}
     * @param like the job's specification
     */
    public JobSpecification copy(String where, JobSpecification like, Map<String, Object> object) {
        return set(like.toBuilder(), JobField.OF_COPIES, new ValuePosition(where, Set.of(), stored, clock), object);
    }

    private static JobSpecification set(
            JobSpecificationBuilder job, List<JobField> fields, ValuePosition position, Map<String, Object> object) {
        object.forEach((key, value) -> {
            if (value != null) {
                field(fields, position, key).set(job, new SpecificationValue(position, key, value));
            }
        });
        return job.build();
    }

    /**
     * Reads what is to be different about a job that has not started.
     *
     * @param where as for {@link #copy}
     * @param object fields that are null are taken away where a job may be without, else left as they are
     */
    public JobChange change(String where, Map<String, @Nullable Object> object) {
        ValuePosition position = new ValuePosition(where, Set.of(), stored, clock);
        JobChange change = new JobChange();
        object.forEach((key, value) -> {
            JobField field = field(JobField.CHANGEABLE, position, key);
            if (value != null || field.isCleared()) {
                field.change(change, new SpecificationValue(position, key, value));
            }
        });
        return change;
    }

    private static JobField field(List<JobField> fields, ValuePosition position, String key) {
        return fields.stream()
                .filter(field -> field.name().equals(key))
                .findFirst()
                .orElseThrow(() -> position.wrong(
                        "'" + key + "'",
                        FieldProblem.path("", key),
                        "is not known" + Spelling.hint(key, names(fields)) + "; use "
                                + String.join(", ", names(fields))));
    }

    private static List<String> names(List<JobField> fields) {
        return fields.stream().map(JobField::name).toList();
    }
}
