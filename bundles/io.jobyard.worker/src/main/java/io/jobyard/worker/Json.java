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
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.spi.BoundedOutput;
import io.jobyard.api.spi.JsonNumbers;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Payloads and results as one handler sees them. Only its own classes are made of them, none by name. What the mapper
 * learns of these classes it keeps, so each handler has its own: they go together.
 */
final class Json {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    /** What is stored was bounded when it was written. */
    private static final StreamReadConstraints UNBOUNDED = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();

    private final LookupCache<Object, JavaType> types = new LRUMap<>(16, 200);
    private final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(UNBOUNDED)
                    .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // to be refused, not changed
                    .build())
            .addModule(new JavaTimeModule())
            .typeFactory(TypeFactory.defaultInstance().withCache(types))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    Map<String, Object> object(String json) {
        try {
            return Collections.unmodifiableMap(mapper.readValue(json, OBJECT));
        } catch (JsonProcessingException e) {
            throw new PermanentException("the stored JSON cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    JsonNode tree(Map<String, Object> object) {
        return mapper.valueToTree(object);
    }

    <T> T payload(String json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw misfit(type, e);
        }
    }

    <T> T payload(Map<String, Object> object, Class<T> type) {
        try {
            return mapper.convertValue(object, type);
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof JsonProcessingException cause ? misfit(type, cause) : e;
        }
    }

    private static PermanentException misfit(Class<?> type, JsonProcessingException e) {
        return new PermanentException(
                "the payload does not fit " + type.getSimpleName() + where(e) + ": " + e.getOriginalMessage(), e);
    }

    /** A value of the handler's own as what it returns. Written once before, to see whether it comes to an end. */
    Map<String, Object> object(Object value, int maxBytes) {
        try {
            write(value, maxBytes);
            return mapper.convertValue(value, OBJECT);
        } catch (BoundedOutput.FullException e) {
            throw tooLarge(e);
        } catch (IOException | IllegalArgumentException e) {
            Throwable cause = e instanceof IllegalArgumentException ? e.getCause() : e;
            String problem = cause instanceof JsonProcessingException fault
                    ? where(fault) + ": " + fault.getOriginalMessage()
                    : ": " + e.getMessage();
            throw new PermanentException(
                    "the result " + value.getClass().getSimpleName() + " cannot be written as a JSON object" + problem,
                    e);
        }
    }

    /** Refuses a payload that an interceptor hands on and that is none, or has no end. */
    void requirePayload(Map<String, Object> payload, int maxBytes) {
        try {
            write(payload, maxBytes);
        } catch (JsonProcessingException e) {
            throw new PermanentException(
                    "the payload that an interceptor handed on cannot be written as JSON" + where(e), e);
        } catch (IOException e) {
            throw new PermanentException("the payload that an interceptor handed on has " + e.getMessage()
                    + ", which is max.payload.bytes: raise it in io.jobyard.scheduler");
        }
    }

    /** Ends as soon as more bytes than that are written. */
    private BoundedOutput write(Object value, int maxBytes) throws IOException {
        BoundedOutput written = new BoundedOutput(maxBytes);
        mapper.writeValue(written, value);
        return written;
    }

    private static PermanentException tooLarge(BoundedOutput.FullException e) {
        return new PermanentException("the result has " + e.getMessage() + ", which is max.result.bytes: store the data"
                + " elsewhere and return a reference, or raise it in io.jobyard.scheduler");
    }

    /** As a JSON pointer. */
    private static String where(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null
                        ? String.valueOf(step.getIndex())
                        : step.getFieldName().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining("/", " at /", ""));
    }

    /** With each text and name redacted, and each number that a redaction knows. */
    String result(@Nullable Map<String, Object> result, UnaryOperator<String> redaction, int maxBytes) {
        Written written = written(result, maxBytes);
        if (written.problem() != null) {
            throw new PermanentException(
                    "the result has a number that does not survive as JSON, such as NaN or one with"
                            + " too many digits: return it as text. Which one is withheld, since the job uses secrets");
        }
        try {
            return write(redacted(mapper.readTree(written.json()), redaction), maxBytes)
                    .toString();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static JsonNode redacted(JsonNode node, UnaryOperator<String> redaction) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(member ->
                            object.set(redaction.apply(member.getKey()), redacted(member.getValue(), redaction)));
            return object;
        } else if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(redacted(element, redaction)));
            return array;
        } else if (!node.isTextual() && !node.isNumber()) {
            return node;
        }
        String text = redaction.apply(node.asText());
        return text.equals(node.asText()) ? node : JsonNodeFactory.instance.textNode(text);
    }

    String result(@Nullable Map<String, Object> result, int maxBytes) {
        Written written = written(result, maxBytes);
        if (written.problem() != null) {
            throw new PermanentException("the result is refused at " + written.problem());
        }
        return written.json();
    }

    /** A result's text, or why it is none: the first number that does not survive. */
    private record Written(String json, @Nullable String problem) {}

    private Written written(@Nullable Map<String, Object> result, int maxBytes) {
        if (result == null) {
            throw new PermanentException("the handler returned null: return Map.of() when there is nothing to say");
        }
        Optional<String> tooLong = JsonNumbers.tooLong(result, maxBytes);
        if (tooLong.isPresent()) {
            return new Written("", tooLong.get());
        }
        try {
            String json = write(result, maxBytes).toString();
            return new Written(json, JsonNumbers.problem(json).orElse(null));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static PermanentException unwritable(IOException e) {
        if (e instanceof BoundedOutput.FullException full) {
            return tooLarge(full);
        }
        String fault = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return new PermanentException("the result cannot be written as JSON: " + fault, e);
    }
}
