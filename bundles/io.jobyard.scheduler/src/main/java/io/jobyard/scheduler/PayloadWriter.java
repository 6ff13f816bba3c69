// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.json.JsonNumbers;
import io.jobyard.spi.json.JsonSurrogates;
import io.jobyard.spi.text.BoundedOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writer of the stored text of payloads and other JSON values. Rejects values that JSON cannot preserve. */
final class PayloadWriter {

    static final int MAX_DEPTH = 500;

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // so that they are rejected, not changed
            .build());

    private final String field;
    private final String what;

    /**
     * @param field path of the part, for errors
     * @param what name of the part, for messages
     */
    PayloadWriter(String field, String what) {
        this.field = field;
        this.what = what;
    }

    /** Text and its size in bytes of UTF-8. */
    record Text(String json, int bytes) {}

    /** Writes an object. Rejects it as soon as more than {@code maxBytes} are written. */
    Text write(@Nullable Map<String, Object> payload, int maxBytes) {
        if (payload == null) {
            throw new ValidationException(field, what + " is required: use a JSON object, or {} for an empty one");
        }
        return value(payload, maxBytes);
    }

    /** Writes any JSON value, with the same rules. */
    Text value(@Nullable Object payload, int maxBytes) {
        JsonNumbers.tooLong(payload, maxBytes).ifPresent(this::refuse);
        BoundedOutput written = new BoundedOutput(maxBytes);
        try {
            mapper.writeValue(written, payload);
        } catch (JsonProcessingException e) {
            throw new ValidationException(field, fault(e));
        } catch (IOException e) {
            throw new ValidationException(
                    field,
                    what + " has " + e.getMessage() + ", the value of max.payload.bytes: store the data"
                            + " elsewhere and pass a reference, or raise it in io.jobyard.scheduler");
        }
        String json = JsonSurrogates.replaced(written.toString());
        JsonNumbers.problem(json).ifPresent(this::refuse);
        return new Text(json, written.size());
    }

    private void refuse(String number) {
        throw new ValidationException(field, what + " " + number);
    }

    private String fault(JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamConstraintsException) {
                return what + " is nested deeper than " + MAX_DEPTH + " levels: flatten it";
            }
        }
        String where = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
        return what + " cannot be written as JSON (" + e.getOriginalMessage() + ") " + where
                + ": use maps, lists, strings, numbers, booleans and nulls";
    }
}
