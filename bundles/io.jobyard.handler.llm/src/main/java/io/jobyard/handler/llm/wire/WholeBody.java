// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Received bytes of a body that is read as a whole. */
public final class WholeBody {

    /** Matches a field or a comment, after an optional byte order mark. */
    private static final Pattern EVENTS = Pattern.compile("(?:\u00ef\u00bb\u00bf)?\\s*(?:data|event|id|retry)?:");

    private static final int LONGEST_FIELD = 16;

    private final int maxBytes;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public WholeBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds bytes. Throws {@link AnswerTooLargeException} if the body becomes larger than the maximum. */
    public void take(List<ByteBuffer> bytes) {
        for (ByteBuffer buffer : bytes) {
            if (body.size() + buffer.remaining() > maxBytes) {
                throw new AnswerTooLargeException(maxBytes);
            }
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(copy);
            body.writeBytes(copy);
        }
    }

    /** Returns whether there are enough bytes for {@link #beginsWithEvents}. */
    public boolean isTelling() {
        return body.size() >= LONGEST_FIELD;
    }

    /** Returns whether the body begins as an event stream, regardless of its declared type. */
    public boolean beginsWithEvents() {
        return EVENTS.matcher(body.toString(StandardCharsets.ISO_8859_1)).lookingAt();
    }

    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    public ByteBuffer bytes() {
        return ByteBuffer.wrap(body.toByteArray());
    }
}
