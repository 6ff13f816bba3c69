// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a stream from bytes that arrive in arbitrary pieces. Follows the interpretation of an event stream in the HTML
 * standard, without {@code id} and {@code retry}, which matter only to clients that reconnect. An event that the end of the stream cuts off
 * is ignored.
 */
public final class ServerSentEvents {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isFirstLine = true;
    private boolean wasCarriageReturn;
    private @Nullable StringBuilder data;
    private String name = "";

    /** Maximum number of bytes of an event. */
    public ServerSentEvents(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Parses the next bytes.
     *
     * @return events that end within these bytes, in order
     * @throws AnswerTooLargeException if an event has too many bytes
     */
    public List<ServerSentEvent> take(ByteBuffer bytes) {
        List<ServerSentEvent> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean isEnd = next == '\n' || next == '\r';
            if (isEnd && !(next == '\n' && wasCarriageReturn)) {
                endLine(events);
            } else if (!isEnd) {
                line.write(next);
                require(line.size());
            }
            wasCarriageReturn = next == '\r';
        }
        return events;
    }

    private void endLine(List<ServerSentEvent> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (isFirstLine && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        isFirstLine = false;
        if (!text.isEmpty()) {
            field(text);
            return;
        }
        if (data != null) {
            events.add(new ServerSentEvent(name.isEmpty() ? "message" : name, data.toString()));
        }
        data = null;
        name = "";
    }

    /** Parses a line. A line that begins with a colon is a comment. */
    private void field(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (field.equals("event")) {
            name = value;
        } else if (field.equals("data")) {
            StringBuilder all = data;
            data = all == null ? new StringBuilder(value) : all.append('\n').append(value);
            require(data.length());
        }
    }

    private void require(int size) {
        if (size > maxBytes) {
            throw new AnswerTooLargeException(maxBytes);
        }
    }
}
