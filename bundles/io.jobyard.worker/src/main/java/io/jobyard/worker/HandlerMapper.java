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
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jobyard.spi.json.JsonSurrogates;
import io.jobyard.spi.text.BoundedOutput;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

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

    private final LookupCache<Object, JavaType> types = new LRUMap<>(16, 200);
    final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(UNBOUNDED)
                    .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // so that they are rejected, not changed
                    .build())
            .addModule(new JavaTimeModule())
            .typeFactory(TypeFactory.defaultInstance().withCache(types))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
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

    /** Returns the location of the error as a JSON pointer. */
    static String where(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null
                        ? String.valueOf(step.getIndex())
                        : step.getFieldName().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining("/", " at /", ""));
    }
}
