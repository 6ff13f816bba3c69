// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.JobField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The object that stands in the body of a request.
 *
 * @param name of its schema in the document
 * @param fields what it may say
 * @param ofJob the fields of a job that it may say, which their reader checks; it says no others then
 * @param required whether a request must have a body
 */
record RequestBody(String name, List<BodyMember> fields, List<JobField> ofJob, boolean required) {

    /** One thing that it says; null counts as left out where that means nothing. */
    record BodyMember(String name, ValueKind kind, boolean required, boolean nullable, String meaning) {}

    /** What a job is to be. */
    static final RequestBody SPECIFICATION = new RequestBody("specification", List.of(), JobField.ALL, true);

    /** What is to be different about a job. */
    static final RequestBody CHANGE = new RequestBody("change", List.of(), JobField.CHANGEABLE, false);

    /** What is to be different about one like it. */
    static final RequestBody CLONE = new RequestBody("clone", List.of(), JobField.OF_COPIES, false);

    /** Of whatever is paused. */
    static final RequestBody PAUSE = of("pause")
            .may("reason", ValueKind.TEXT, "why, for whoever asks")
            .may(
                    "until",
                    ValueKind.TEXT,
                    "when the pause ends by itself: an instant, or a duration from now such as 2h");

    static RequestBody of(String name) {
        return new RequestBody(name, List.of(), List.of(), false);
    }

    /** The same fields under another name, to which more are added. */
    RequestBody named(String other) {
        return new RequestBody(other, fields, ofJob, required);
    }

    RequestBody may(String field, ValueKind kind, String meaning) {
        return with(new BodyMember(field, kind, false, false, meaning), required);
    }

    RequestBody mayBeNull(String field, ValueKind kind, String meaning) {
        return with(new BodyMember(field, kind, false, true, meaning), required);
    }

    RequestBody must(String field, ValueKind kind, String meaning) {
        return with(new BodyMember(field, kind, true, false, meaning), true);
    }

    private RequestBody with(BodyMember field, boolean need) {
        List<BodyMember> more = new ArrayList<>(fields);
        more.add(field);
        return new RequestBody(name, List.copyOf(more), ofJob, need);
    }

    /** Throws if it says something else than it may: names what, and the nearest that is known. */
    Map<String, Object> checked(Map<String, Object> object) {
        if (!ofJob.isEmpty()) {
            return object;
        }
        List<String> names = fields.stream().map(BodyMember::name).toList();
        object.keySet().stream().filter(key -> !names.contains(key)).findFirst().ifPresent(key -> {
            throw new ValidationException(
                    FieldProblem.path("", key),
                    "the body: '" + key + "' is not known" + Spelling.hint(key, names) + "; use "
                            + String.join(", ", names));
        });
        Map<String, Object> checked = new LinkedHashMap<>();
        for (BodyMember field : fields) {
            Object value = object.get(field.name());
            boolean says = value != null || field.nullable() && object.containsKey(field.name());
            if (field.required() && !says) {
                throw new ValidationException(
                        field.name(), "the body: " + field.name() + " is missing; it says " + field.meaning());
            }
            String fault = value == null ? null : field.kind().problem(value);
            if (fault != null) {
                throw new ValidationException(field.name(), "the body: " + field.name() + " " + fault);
            }
            if (says) {
                checked.put(field.name(), value);
            }
        }
        return checked;
    }
}
