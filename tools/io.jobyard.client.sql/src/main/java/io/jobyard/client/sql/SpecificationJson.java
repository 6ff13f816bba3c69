// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.ValidationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Specification in the JSON format of all interfaces of a host. */
final class SpecificationJson {

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // to be rejected, not changed
            .build());

    private SpecificationJson() {}

    static String payload(JobSpecification job) {
        Map<String, Object> payload = job.payload();
        if (payload == null) {
            throw new ValidationException("payload is required: use a JSON object, or {} for an empty one");
        }
        return write(payload);
    }

    /** Returns all fields except the type and the payload. */
    static String options(JobSpecification job) {
        if (job.identity().name() != null || !job.dependencies().names().isEmpty()) {
            throw new ValidationException(
                    "names are for jobs that are submitted together: depend on the id that submit gives");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        put(options, "priority", job.routing().priority());
        put(options, "queue", job.routing().queue());
        if (!job.dependencies().ids().isEmpty()) {
            options.put(
                    "dependencies",
                    job.dependencies().ids().stream()
                            .map(id -> dependency(id, job))
                            .toList());
        }
        if (job.ifDependencyFails() != DependencyPolicy.FAIL || job.identity().endsGroup() != null) {
            options.put("ifDependencyFails", job.ifDependencyFails().text());
        }
        put(
                options,
                "timeout",
                job.runs().timeout() == null ? null : job.runs().timeout().toMillis() + "ms");
        put(options, "maxRetries", job.runs().maxRetries());
        put(
                options,
                "notBefore",
                job.times().notBefore() == null ? null : job.times().notBefore().toString());
        put(
                options,
                "expires",
                job.times().expires() == null ? null : job.times().expires().toString());
        put(
                options,
                "deadline",
                job.times().deadline() == null ? null : job.times().deadline().toString());
        put(options, "key", job.identity().key());
        if (!job.identity().keyPolicy().equals(KeyPolicy.RETURN)) {
            options.put("keyPolicy", job.identity().keyPolicy().toString());
        }
        if (!job.identity().labels().isEmpty()) {
            options.put("labels", job.identity().labels());
        }
        put(options, "group", job.identity().group());
        put(options, "endsGroup", job.identity().endsGroup());
        put(options, "handlerVersion", job.routing().handlerVersion());
        if (!job.demand().limits().isEmpty()) {
            options.put("limits", job.demand().limits());
        }
        if (!job.demand().estimate().isEmpty()) {
            options.put("estimate", job.demand().estimate());
        }
        return write(options);
    }

    private static Object dependency(JobId id, JobSpecification job) {
        DependencyPolicy own = job.dependencies().policies().get(id);
        return own == null ? id.toString() : Map.of("id", id.toString(), "ifFails", own.text());
    }

    private static void put(Map<String, Object> options, String field, @Nullable Object value) {
        if (value != null) {
            options.put(field, value);
        }
    }

    private static String write(Map<String, Object> object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new ValidationException("it cannot be written as JSON (" + e.getOriginalMessage()
                    + "): use maps, lists, strings, numbers, booleans and nulls");
        }
    }
}
