// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON. Unknown fields from a newer host are allowed. */
final class JsonFields {

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // to be rejected, not changed
                    .build())
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build()) // allows no class by its name
            .findAndAddModules()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private JsonFields() {}

    /** Returns a required text. */
    static String text(JsonNode json, String field) {
        return json.path(field).asText("");
    }

    static @Nullable String textOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.get(field).asText() : null;
    }

    static @Nullable Instant instant(JsonNode json, String field) {
        return json.hasNonNull(field) ? Instant.parse(json.get(field).asText()) : null;
    }

    static Map<String, String> texts(JsonNode json, String field) {
        return json.hasNonNull(field) ? MAPPER.convertValue(json.get(field), TEXTS) : Map.of();
    }

    /** Returns the objects of a list. */
    static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> each) {
        List<T> all = new ArrayList<>();
        json.path(field).forEach(one -> all.add(each.apply(one)));
        return List.copyOf(all);
    }

    static <T> T typed(JsonNode json, Class<T> type) {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw JobyardClientException.own(
                    "wrong_type", "the JSON is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw JobyardClientException.own(
                    "validation", "it cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
