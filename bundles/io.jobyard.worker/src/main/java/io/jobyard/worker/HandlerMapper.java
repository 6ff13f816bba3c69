// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jobyard.api.FieldProblem;
import io.jobyard.spi.json.JsonSurrogates;
import io.jobyard.spi.text.BoundedOutput;
import java.io.IOException;
import java.util.Map;

/**
 * Converts JSON to the classes of one handler and back. It creates only these classes, and none by its name. Each handler has its own
 * mapper, because a mapper caches classes, which must be released with the handler.
 */
final class HandlerMapper {

    static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    /** Constraints for stored values, which were limited when they were written. */
    private static final StreamReadConstraints UNBOUNDED = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();

    private static final int LONGEST_PATH = 200;

    private final LookupCache<Object, JavaType> types = new LRUMap<>(16, 200);
    final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(UNBOUNDED)
                    .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // so that they are rejected, not changed
                    .build())
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build()) // allows no class by its name
            .typeFactory(TypeFactory.defaultInstance().withCache(types)) // before the modules, which extend it
            .addModules(
                    new JavaTimeModule(),
                    new Jdk8Module(),
                    new SimpleModule("whole-numbers").setDeserializerModifier(new WholeNumbers()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Writes a value. Stops as soon as it exceeds the maximum size. */
    BoundedOutput write(Object value, int maxBytes) throws IOException {
        BoundedOutput written = new BoundedOutput(maxBytes);
        mapper.writeValue(written, value);
        return written;
    }

    /** Writes a value in its stored form, with U+FFFD for unpaired surrogates. Stops as soon as it exceeds the maximum size. */
    String text(Object value, int maxBytes) throws IOException {
        return JsonSurrogates.replaced(write(value, maxBytes).toString());
    }

    /** Returns the path to the error, for example {@code  at payload.lines[2].amount}; empty for the whole value. */
    static String where(String root, JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        String path = root;
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (path.length() > LONGEST_PATH) {
                return " at " + path + "…"; // for example, in an object that contains itself
            }
            path = step.getFieldName() == null
                    ? FieldProblem.path(path, step.getIndex())
                    : FieldProblem.path(path, step.getFieldName());
        }
        return " at " + path;
    }
}
