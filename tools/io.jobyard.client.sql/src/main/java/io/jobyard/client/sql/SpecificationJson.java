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

/** A specification as the JSON that every face of a host reads. */
final class SpecificationJson {

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // to be refused, not changed
            .build());

    private SpecificationJson() {}

    static String payload(JobSpecification job) {
        Map<String, Object> payload = job.payload();
        if (payload == null) {
            throw new ValidationException("payload is required: give a JSON object, {} if there is nothing to say");
        }
        return write(payload);
    }

    /** All but the type and the payload. */
    static String options(JobSpecification job) {
        if (job.name() != null || !job.dependencyNames().isEmpty()) {
            throw new ValidationException(
                    "names are for jobs that are submitted together: depend on the id that submit gives");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        put(options, "priority", job.priority());
        put(options, "queue", job.queue());
        if (!job.dependencies().isEmpty()) {
            options.put(
                    "dependencies",
                    job.dependencies().stream().map(id -> dependency(id, job)).toList());
        }
        if (job.ifDependencyFails() != DependencyPolicy.FAIL || job.endsGroup() != null) {
            options.put("ifDependencyFails", job.ifDependencyFails().text());
        }
        put(options, "timeout", job.timeout() == null ? null : job.timeout().toMillis() + "ms");
        put(options, "maxRetries", job.maxRetries());
        put(
                options,
                "notBefore",
                job.notBefore() == null ? null : job.notBefore().toString());
        put(options, "expires", job.expires() == null ? null : job.expires().toString());
        put(options, "deadline", job.deadline() == null ? null : job.deadline().toString());
        put(options, "key", job.key());
        if (!job.keyPolicy().equals(KeyPolicy.RETURN)) {
            options.put("keyPolicy", job.keyPolicy().toString());
        }
        if (!job.labels().isEmpty()) {
            options.put("labels", job.labels());
        }
        put(options, "group", job.group());
        put(options, "endsGroup", job.endsGroup());
        put(options, "handlerVersion", job.handlerVersion());
        if (!job.limits().isEmpty()) {
            options.put("limits", job.limits());
        }
        if (!job.estimate().isEmpty()) {
            options.put("estimate", job.estimate());
        }
        return write(options);
    }

    private static Object dependency(JobId id, JobSpecification job) {
        DependencyPolicy own = job.dependencyPolicies().get(id);
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
