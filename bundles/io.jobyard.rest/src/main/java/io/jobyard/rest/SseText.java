// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.ValidationException;
import io.jobyard.views.api.JsonWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Server-sent events as text. JSON has no line breaks, so each is one line of data. */
final class SseText {

    static final byte[] HELLO = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
    static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private SseText() {}

    static byte[] event(@Nullable String id, String event, Map<String, ?> data) {
        return ((id == null ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: " + JsonWriter.compact(data)
                        + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the id of the last event that a reconnecting client has received, otherwise the position that the request names. */
    static long lastId(HttpServletRequest http, long otherwise) {
        String last = http.getHeader("Last-Event-ID");
        try {
            return last == null ? otherwise : Long.parseLong(last);
        } catch (NumberFormatException e) {
            throw new ValidationException("invalid Last-Event-ID; send the ID of an event, or omit the header");
        }
    }
}
