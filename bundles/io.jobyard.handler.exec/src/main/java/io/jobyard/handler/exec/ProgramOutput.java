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
 * The output of a program.
 *
 * @param text the beginning; invalid UTF-8 is replaced
 * @param base64 the same bytes if they are not UTF-8; otherwise null
 * @param dropped the end of the dropped part
 * @param isCut whether a part was dropped
 */
record ProgramOutput(String text, @Nullable String base64, String dropped, boolean isCut) {

    private static final int TOLD_CHARACTERS = 500;

    /** Maximum number of characters to redact before the end is cut out. */
    private static final int REDACTED_CHARACTERS = 32_768;

    /** {@code replaced}: the kept bytes as text, with replacements. */
    static ProgramOutput of(byte[] kept, String replaced, byte[] dropped) {
        boolean isCut = dropped.length > 0;
        String end = new String(dropped, StandardCharsets.UTF_8);
        return decoded(kept, isCut)
                .map(text -> new ProgramOutput(text, null, end, isCut))
                .orElseGet(() -> new ProgramOutput(replaced, Base64.getEncoder().encodeToString(kept), end, isCut));
    }

    /** Decodes UTF-8. Drops an incomplete character at a cut. */
    private static Optional<String> decoded(byte[] bytes, boolean isCut) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), text, !isCut);
        return result.isError() ? Optional.empty() : Optional.of(text.flip().toString());
    }

    /** Returns the value for the result: the text, or base64 if the bytes are not text. */
    String value() {
        return base64 == null ? text : base64;
    }

    /** Returns the kind of {@link #value}: {@code text} or {@code base64}. */
    String type() {
        return base64 == null ? "text" : "base64";
    }

    /** Returns the end of the output, for an error message, with secrets redacted before it is cut; empty without output. */
    String tail(UnaryOperator<String> redaction) {
        String all = (isCut ? dropped : text).strip();
        String end = redaction.apply(all.substring(Math.max(0, all.length() - REDACTED_CHARACTERS)));
        return end.substring(Math.max(0, end.length() - TOLD_CHARACTERS));
    }
}
