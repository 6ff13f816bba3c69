// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a program has printed.
 *
 * @param text the beginning; if it is no UTF-8, with replacements
 * @param base64 the same bytes if they are no UTF-8; null if they are
 * @param dropped the end of what was dropped
 * @param isCut whether anything was dropped
 */
record ProgramOutput(String text, @Nullable String base64, String dropped, boolean isCut) {

    private static final int TOLD_CHARACTERS = 500;

    /** The most of it that is redacted to tell its end. */
    private static final int REDACTED_CHARACTERS = 32_768;

    /** {@code replaced}: the kept bytes as text, with replacements. */
    static ProgramOutput of(byte[] kept, String replaced, byte[] dropped) {
        boolean isCut = dropped.length > 0;
        String end = new String(dropped, StandardCharsets.UTF_8);
        return decoded(kept, isCut)
                .map(text -> new ProgramOutput(text, null, end, isCut))
                .orElseGet(() -> new ProgramOutput(replaced, Base64.getEncoder().encodeToString(kept), end, isCut));
    }

    /** Where it was cut within a character, the beginning of that character is left out. */
    private static Optional<String> decoded(byte[] bytes, boolean isCut) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), text, !isCut);
        return result.isError() ? Optional.empty() : Optional.of(text.flip().toString());
    }

    /** Returns what a result has: the text, or the base64 of bytes that are none. */
    String value() {
        return base64 == null ? text : base64;
    }

    /** Returns what {@link #value} is: {@code text} or {@code base64}. */
    String type() {
        return base64 == null ? "text" : "base64";
    }

    /**
     * Returns the end of it, for an error; empty if it printed nothing.
     *
     * @param redaction takes secrets out of a text that is about to be cut
     */
    String tail(UnaryOperator<String> redaction) {
        String all = (isCut ? dropped : text).strip();
        String end = redaction.apply(all.substring(Math.max(0, all.length() - REDACTED_CHARACTERS)));
        return end.substring(Math.max(0, end.length() - TOLD_CHARACTERS));
    }
}
