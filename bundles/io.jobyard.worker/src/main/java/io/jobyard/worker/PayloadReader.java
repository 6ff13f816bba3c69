// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.handler.PermanentException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads payloads, results of dependencies and values of steps for one handler. */
final class PayloadReader {

    private static final String PAYLOAD = "the payload";
    private static final String PAYLOAD_PATH = "payload";

    private final HandlerMapper json;

    PayloadReader(HandlerMapper json) {
        this.json = json;
    }

    Map<String, Object> object(String stored) {
        try {
            return Collections.unmodifiableMap(json.mapper.readValue(stored, HandlerMapper.OBJECT));
        } catch (JsonProcessingException e) {
            throw new PermanentException("cannot read the stored JSON: " + e.getOriginalMessage(), e);
        }
    }

    JsonNode tree(Map<String, Object> object) {
        return json.mapper.valueToTree(object);
    }

    <T> T payload(String stored, Type type) {
        return read(PAYLOAD, PAYLOAD_PATH, stored, type);
    }

    <T> T payload(Map<String, Object> object, Type type) {
        JavaType wanted = json.mapper.constructType(type);
        try {
            return json.mapper.convertValue(object, wanted);
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof JsonProcessingException cause
                    ? misfit(PAYLOAD, PAYLOAD_PATH, wanted, cause)
                    : e;
        }
    }

    /** Reads any JSON value, with its name in exceptions. */
    <T> T value(String what, String stored, Type type) {
        return read(what, "", stored, type);
    }

    /** Returns the name of a type with its parameters, for example {@code List<Order>}. */
    String name(Type type) {
        return name(json.mapper.constructType(type));
    }

    private <T> T read(String what, String root, String stored, Type type) {
        JavaType wanted = json.mapper.constructType(type);
        try {
            return json.mapper.readValue(stored, wanted);
        } catch (JsonProcessingException e) {
            throw misfit(what, root, wanted, e);
        }
    }

    private static PermanentException misfit(String what, String root, JavaType type, JsonProcessingException e) {
        return new PermanentException(
                what + " does not match " + name(type) + HandlerMapper.where(root, e) + ": " + e.getOriginalMessage(),
                e);
    }

    private static String name(JavaType type) {
        return type.getRawClass().getSimpleName()
                + (type.containedTypeCount() == 0
                        ? ""
                        : IntStream.range(0, type.containedTypeCount())
                                .mapToObj(n -> name(type.containedType(n)))
                                .collect(Collectors.joining(", ", "<", ">")));
    }

    /** Rejects an interceptor's payload that is not valid JSON or is infinitely deep. */
    void requirePayload(Map<String, Object> payload, int maxBytes) {
        try {
            json.write(payload, maxBytes);
        } catch (JsonProcessingException e) {
            throw new PermanentException(
                    "the payload changed by an interceptor cannot be written as JSON"
                            + HandlerMapper.where(PAYLOAD_PATH, e),
                    e);
        } catch (IOException e) {
            throw new PermanentException("the payload changed by an interceptor has " + e.getMessage()
                    + ", the value of max.payload.bytes: raise max.payload.bytes in io.jobyard.scheduler");
        }
    }
}
