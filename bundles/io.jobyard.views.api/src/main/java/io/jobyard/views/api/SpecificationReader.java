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

/** Converts JSON objects to job specifications, for files, requests and command options. */
public final class SpecificationReader {

    /** Position of the only object of a call. The path of an error is enough then. */
    public static final String ALONE = "";
    /** Position of the only object of a call that was made from command options. Errors then name the option. */
    public static final String OPTIONS = "options";

    private final Function<String, JobId> stored;
    private final Clock clock;

    /** Creates a reader for one user, with a clock for durations from now. */
    public SpecificationReader(StatusReporter status, Clock clock) {
        this(status::resolve, clock);
    }

    /** Creates a reader that finds the id of the job that a dependency names with a function, which throws for an unknown one. */
    public SpecificationReader(Function<String, JobId> stored, Clock clock) {
        this.stored = stored;
        this.clock = clock;
    }

    /**
     * Reads a specification.
     *
     * @param where names the object in an error message, for example "line 3 of jobs.jsonl"; or {@link #ALONE} or {@link #OPTIONS}
     * @param object as {@link JsonReader} returns it; a field that is null counts as not given
     * @param names the names of all jobs that are submitted together
     * @throws ValidationException if the object is not a valid specification
     */
    public JobSpecification read(String where, Map<String, Object> object, Set<String> names) {
        ValuePosition position = new ValuePosition(where, names, stored, clock);
        Object type = object.get("type");
        if (type == null) {
            throw position.wrong("type", "type", "is missing; set the job type");
        }
        if (object.get("payload") == null) {
            throw position.wrong("payload", "payload", "is missing; use a JSON object, or {} for an empty one");
        }
        JobSpecificationBuilder job = JobSpecification.type(new SpecificationValue(position, "type", type).text());
        return set(job, JobField.ALL, position, object);
    }

    /**
     * Reads the differences of a copy from the original job.
     *
     * @param where as for {@link #read}
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
     * Reads a change of a job that has not started.
     *
     * @param where as for {@link #copy}
     * @param object a field that is null clears an optional value, and leaves any other value unchanged
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
                        "unknown field",
                        FieldProblem.path("", key),
                        "'" + key + "'" + Spelling.hint(key, names(fields)) + "; use "
                                + String.join(", ", names(fields))));
    }

    private static List<String> names(List<JobField> fields) {
        return fields.stream().map(JobField::name).toList();
    }
}
