// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.StoreException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads stored JSON. */
final class StoredJson {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<@Nullable Object> VALUE = new TypeReference<>() {};

    /** Sizes were checked before the JSON was stored. */
    private static final StreamReadConstraints UNBOUNDED = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();

    private static final ObjectMapper MAPPER = new ObjectMapper(
            JsonFactory.builder().streamReadConstraints(UNBOUNDED).build());

    private StoredJson() {}

    static Map<String, Object> object(String json) {
        return read(json, OBJECT);
    }

    /** Returns the value; null for the JSON value {@code null}. */
    static @Nullable Object value(String json) {
        return read(json, VALUE);
    }

    private static <T extends @Nullable Object> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new StoreException("a stored JSON document cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
