// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.util.RawValue;
import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writer of specifications in the JSON format of all interfaces of a host, for this client and the client for SQL. */
public final class SpecificationJson {

    private SpecificationJson() {}

    /**
     * Writes the payload of a job. Instants and durations become text.
     *
     * @param job the job
     * @return the text of a JSON object
     * @throws ValidationException if the payload is missing, is not a JSON object, or cannot be written, with the path
     *     of the invalid part
     */
    public static String payload(JobSpecification job) {
        Object payload = job.payload();
        if (payload == null) {
            throw new ValidationException("payload", "missing payload: use a JSON object, or {} for an empty one");
        }
        String json = write("payload", payload);
        if (!json.startsWith("{")) {
            throw new ValidationException(
                    "payload",
                    "payload is not a JSON object: use a map, or a class that Jackson writes as an object, for example a"
                            + " record");
        }
        return json;
    }

    /**
     * Writes all fields of a job except its type and its payload.
     *
     * @param job the job, without a name and without dependencies on names
     * @return the text of a JSON object
     * @throws ValidationException if the job has a name or depends on names
     */
    public static String options(JobSpecification job) {
        if (job.identity().name() != null || !job.dependencies().names().isEmpty()) {
            throw new ValidationException(
                    "names are for jobs that are submitted together: depend on the id that submit gives");
        }
        return write("options", fields(job));
    }

    /** Returns the complete specification. */
    static Map<String, Object> of(JobSpecification job) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", job.type());
        all.put("payload", new RawValue(payload(job)));
        all.putAll(fields(job));
        return all;
    }

    private static Map<String, Object> fields(JobSpecification job) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "name", job.identity().name());
        put(fields, "priority", job.routing().priority());
        put(fields, "queue", job.routing().queue());
        putUnlessEmpty(fields, "dependencies", dependencies(job.dependencies()));
        if (job.ifDependencyFails() != DependencyPolicy.FAIL || job.identity().endsGroup() != null) {
            fields.put("ifDependencyFails", job.ifDependencyFails().text());
        }
        Duration timeout = job.runs().timeout();
        put(fields, "timeout", timeout == null ? null : timeout.toMillis() + "ms");
        put(fields, "maxRetries", job.runs().maxRetries());
        put(fields, "notBefore", job.times().notBefore());
        put(fields, "expires", job.times().expires());
        put(fields, "deadline", job.times().deadline());
        put(fields, "key", job.identity().key());
        if (!job.identity().keyPolicy().equals(KeyPolicy.RETURN)) {
            fields.put("keyPolicy", job.identity().keyPolicy().toString());
        }
        putUnlessEmpty(fields, "labels", job.identity().labels());
        put(fields, "group", job.identity().group());
        put(fields, "endsGroup", job.identity().endsGroup());
        put(fields, "handlerVersion", job.routing().handlerVersion());
        putUnlessEmpty(fields, "limits", List.copyOf(job.demand().limits()));
        putUnlessEmpty(fields, "estimate", job.demand().estimate());
        return fields;
    }

    private static List<Object> dependencies(JobSpecification.AskedDependencies asked) {
        List<Object> all = new ArrayList<>();
        asked.ids()
                .forEach(
                        id -> all.add(dependency(id.toString(), asked.policies().get(id))));
        asked.names()
                .forEach(name -> all.add(dependency(name, asked.namePolicies().get(name))));
        return all;
    }

    private static Object dependency(String id, @Nullable DependencyPolicy own) {
        return own == null ? id : Map.of("id", id, "ifFails", own.text());
    }

    private static void put(Map<String, Object> fields, String field, @Nullable Object value) {
        if (value != null) {
            fields.put(field, value);
        }
    }

    private static void putUnlessEmpty(Map<String, Object> fields, String field, Object value) {
        if (!value.equals(List.of()) && !value.equals(Map.of())) {
            fields.put(field, value);
        }
    }

    private static String write(String field, Object value) {
        try {
            return JsonFields.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            String path = e instanceof JsonMappingException mapping ? path(field, mapping) : field;
            throw new ValidationException(
                    path,
                    field + " cannot be written as JSON (" + e.getOriginalMessage() + ") at " + path
                            + ": use maps, lists, strings, numbers, booleans, nulls, or classes that Jackson supports");
        }
    }

    private static String path(String field, JsonMappingException mapping) {
        String path = field;
        for (JsonMappingException.Reference step : mapping.getPath()) {
            path = step.getFieldName() == null
                    ? FieldProblem.path(path, Math.max(0, step.getIndex()))
                    : FieldProblem.path(path, step.getFieldName());
        }
        return path;
    }
}
