// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.ValidationException;
import io.jobyard.spi.json.JsonNumbers;
import io.jobyard.spi.json.JsonSurrogates;
import io.jobyard.spi.text.BoundedOutput;
import io.jobyard.views.api.PayloadJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writer of the stored text of payloads and other JSON values. Rejects values that JSON cannot preserve. */
final class PayloadWriter {

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
    Text write(@Nullable Object payload, int maxBytes) {
        if (payload == null) {
            throw new ValidationException(field, "missing " + what + ": use a JSON object, or {} for an empty one");
        }
        Text written = value(payload, maxBytes);
        PayloadJson.requireObject(written.json(), field, what);
        return written;
    }

    /** Writes any JSON value, with the same rules. */
    Text value(@Nullable Object payload, int maxBytes) {
        JsonNumbers.tooLong(payload, maxBytes).ifPresent(this::refuse);
        BoundedOutput written = new BoundedOutput(maxBytes);
        try {
            PayloadJson.write(written, payload, field, what);
        } catch (IOException e) {
            throw new ValidationException(
                    field,
                    what + " has " + e.getMessage()
                            + ", the value of max.payload.bytes: store the data elsewhere and pass a reference, or raise"
                            + " max.payload.bytes in io.jobyard.scheduler");
        }
        String json = JsonSurrogates.replaced(written.toString());
        JsonNumbers.problem(json).ifPresent(this::refuse);
        return new Text(json, written.size());
    }

    private void refuse(String number) {
        throw new ValidationException(field, what + " " + number);
    }
}
