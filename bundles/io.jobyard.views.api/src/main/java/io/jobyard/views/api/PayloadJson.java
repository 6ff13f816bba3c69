// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jobyard.api.FieldProblem;
import io.jobyard.api.ValidationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writer of values from Java programs as JSON: maps, and objects such as records. Instants and durations become text. Each class has its
 * own mapper, because a mapper caches classes, which must be released with their bundle.
 */
public final class PayloadJson {

    private static final int MAX_DEPTH = 500;

    /** For maps, lists and other classes of the JDK. It keeps the classes of objects inside of them until the host stops. */
    private static final ObjectWriter SHARED = writer();

    private static final ClassValue<ObjectWriter> BY_CLASS = new ClassValue<>() {
        @Override
        protected ObjectWriter computeValue(Class<?> type) {
            return writer();
        }
    };

    private PayloadJson() {}

    private static ObjectWriter writer() {
        LookupCache<Object, JavaType> types = new LRUMap<>(16, 200);
        return JsonMapper.builder(JsonFactory.builder()
                        .streamWriteConstraints(StreamWriteConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .build())
                        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // so that they are rejected, not changed
                        .build())
                .addModule(new JavaTimeModule())
                .typeFactory(TypeFactory.defaultInstance().withCache(types))
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build()
                .writer();
    }

    /**
     * Writes a value.
     *
     * @param field path of the value, for errors
     * @param what name of the value, for messages
     * @throws ValidationException if the value cannot be written as JSON, with the path of the invalid part
     * @throws IOException if the output rejects a byte
     */
    public static void write(OutputStream output, @Nullable Object value, String field, String what)
            throws IOException {
        ObjectWriter writer =
                value == null || value.getClass().getClassLoader() == null ? SHARED : BY_CLASS.get(value.getClass());
        try {
            writer.writeValue(output, value);
        } catch (JsonProcessingException e) {
            throw refused(e, field, what);
        }
    }

    /**
     * Converts a payload to maps and lists.
     *
     * @throws ValidationException if the payload is not a JSON object, with the path of the invalid part
     */
    public static Map<String, Object> object(Object payload) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            write(written, payload, "payload", "payload");
        } catch (IOException e) {
            throw new IllegalStateException(e); // the output accepts all bytes
        }
        String json = written.toString(StandardCharsets.UTF_8);
        requireObject(json, "payload", "payload");
        return JsonReader.object("payload", json);
    }

    /**
     * Checks that a written value is a JSON object.
     *
     * @throws ValidationException if it is another value
     */
    public static void requireObject(String json, String field, String what) {
        if (!json.startsWith("{")) {
            throw new ValidationException(
                    field,
                    what
                            + " is not a JSON object: use a map, or a class that Jackson writes as an object, for example a record");
        }
    }

    private static ValidationException refused(JsonProcessingException e, String field, String what) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamConstraintsException) {
                return new ValidationException(
                        field, what + " is nested deeper than " + MAX_DEPTH + " levels: flatten it");
            }
        }
        String path = e instanceof JsonMappingException mapping ? path(field, mapping) : field;
        return new ValidationException(
                path,
                what + " cannot be written as JSON (" + e.getOriginalMessage() + ")"
                        + (path.equals(field) ? "" : " at " + path)
                        + ": use maps, lists, strings, numbers, booleans, nulls, or classes that Jackson supports");
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
