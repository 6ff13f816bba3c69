// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.handler.PermanentException;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;

/** Reads payloads, results of dependencies and values of steps for one handler. */
final class PayloadReader {

    private static final String PAYLOAD = "the payload";

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

    <T> T payload(String stored, Class<T> type) {
        return value(PAYLOAD, stored, type);
    }

    /** Reads any JSON value, with its name in exceptions. */
    <T> T value(String what, String stored, Class<T> type) {
        try {
            return json.mapper.readValue(stored, type);
        } catch (JsonProcessingException e) {
            throw misfit(what, type, e);
        }
    }

    <T> T payload(Map<String, Object> object, Class<T> type) {
        try {
            return json.mapper.convertValue(object, type);
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof JsonProcessingException cause ? misfit(PAYLOAD, type, cause) : e;
        }
    }

    private static PermanentException misfit(String what, Class<?> type, JsonProcessingException e) {
        return new PermanentException(
                what + " does not match " + type.getSimpleName() + HandlerMapper.where(e) + ": "
                        + e.getOriginalMessage(),
                e);
    }

    /** Rejects an interceptor's payload that is not valid JSON or is infinitely deep. */
    void requirePayload(Map<String, Object> payload, int maxBytes) {
        try {
            json.write(payload, maxBytes);
        } catch (JsonProcessingException e) {
            throw new PermanentException(
                    "the payload changed by an interceptor cannot be written as JSON" + HandlerMapper.where(e), e);
        } catch (IOException e) {
            throw new PermanentException("the payload changed by an interceptor has " + e.getMessage()
                    + ", the value of max.payload.bytes: raise it in io.jobyard.scheduler");
        }
    }
}
