// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text without one or more layers of encoding, as bytes of UTF-8 with their positions in the original text. Each byte is one character of
 * {@link #bytes}. An escape that the end of the text cuts has no bytes.
 */
final class TextView {

    /** Maximum number of layers. A JSON text within a JSON text within an encoded URL has three. */
    private static final int MOST_LAYERS = 3;

    private static final int MOST_VIEWS = 24;
    private static final Pattern CUT_UNIT = Pattern.compile("(?:\\\\(?:u[0-9A-Fa-f]{0,3})?)?");
    private static final String JSON_LETTERS = "bfnrt\"/\\";
    private static final String JSON_MEANINGS = "\b\f\n\r\t\"/\\";

    final String bytes;
    private final int[] from;
    private final int[] to;
    private final int cutAt;

    private TextView(TextBuilder builder) {
        bytes = builder.bytes.toString();
        from = Arrays.copyOf(builder.from, bytes.length());
        to = Arrays.copyOf(builder.to, bytes.length());
        cutAt = builder.cutAt;
    }

    /** Returns the unchanged text, and the text without each combination of layers that changes it. */
    static Iterable<TextView> all(String text) {
        Map<String, TextView> views = new LinkedHashMap<>();
        TextView plain = of(text);
        views.put(plain.bytes, plain);
        Stream<TextView> layer = Stream.of(plain);
        for (int layers = 0; layers < MOST_LAYERS; layers++) {
            layer = layer
                    .flatMap(view -> Stream.<Function<TextView, Optional<TextView>>>of(
                                    TextView::withoutJson, TextView::withoutPercent, TextView::withoutLineBreaks)
                            .flatMap(decoder -> decoder.apply(view).stream()))
                    .filter(view -> views.size() < MOST_VIEWS && views.putIfAbsent(view.bytes, view) == null)
                    .toList()
                    .stream();
        }
        return views.values();
    }

    private static TextView of(String text) {
        TextBuilder builder = new TextBuilder(text.length());
        for (int i = 0, next; i < text.length(); i = next) {
            int point = text.codePointAt(i);
            next = i + Character.charCount(point);
            if (next == text.length() && isHalf(point)) {
                builder.cutAt = i;
            } else {
                builder.point(point, i, next);
            }
        }
        return new TextView(builder);
    }

    /** Returns the first character of the text that the byte at {@code index} comes from. */
    int from(int index) {
        return from[index];
    }

    /** Returns the end of the characters of the text that the byte at {@code index} comes from. */
    int to(int index) {
        return to[index];
    }

    /** Returns the position of an escape that is incomplete at the end of the text; the text's length or more if each escape is complete. */
    int cutAt() {
        return cutAt;
    }

    private Optional<TextView> withoutJson() {
        return bytes.indexOf('\\') < 0 ? Optional.empty() : Optional.of(decoded(this::json));
    }

    private Optional<TextView> withoutPercent() {
        return bytes.indexOf('%') < 0 ? Optional.empty() : Optional.of(decoded(this::percent));
    }

    /** Skips line breaks, which base64 often contains. */
    private Optional<TextView> withoutLineBreaks() {
        return bytes.indexOf('\n') < 0 && bytes.indexOf('\r') < 0
                ? Optional.empty()
                : Optional.of(decoded((builder, i) -> bytes.charAt(i) == '\n' || bytes.charAt(i) == '\r' ? i + 1 : i));
    }

    /** Decodes at a position into a builder. Returns the position after it; the same position if nothing is encoded. */
    private interface Decoder {
        int decode(TextBuilder builder, int i);
    }

    private TextView decoded(Decoder decoder) {
        TextBuilder builder = new TextBuilder(bytes.length());
        builder.cutAt = cutAt;
        for (int i = 0; i < bytes.length(); ) {
            int next = decoder.decode(builder, i);
            if (next == i) {
                builder.value(bytes.charAt(i), from[i], to[i]);
                next = i + 1;
            }
            i = next;
        }
        return new TextView(builder);
    }

    private int json(TextBuilder builder, int i) {
        if (bytes.charAt(i) != '\\') {
            return i;
        } else if (i + 1 == bytes.length()) {
            return cut(builder, i);
        } else if (bytes.charAt(i + 1) != 'u') {
            int letter = JSON_LETTERS.indexOf(bytes.charAt(i + 1));
            if (letter >= 0) {
                builder.value(JSON_MEANINGS.charAt(letter), from[i], to[i + 1]);
            }
            return letter < 0 ? i : i + 2;
        }
        int unit = hex(i + 2, 4);
        if (unit < 0) {
            return isCutHex(i + 2, 4) ? cut(builder, i) : i;
        }
        return Character.isHighSurrogate((char) unit) ? pair(builder, i, (char) unit) : point(builder, i, unit, 6);
    }

    private int pair(TextBuilder builder, int i, char high) {
        if (CUT_UNIT.matcher(bytes).region(i + 6, bytes.length()).matches()) {
            return cut(builder, i);
        }
        int low = bytes.startsWith("\\u", i + 6) ? hex(i + 8, 4) : -1;
        return low >= 0 && Character.isLowSurrogate((char) low)
                ? point(builder, i, Character.toCodePoint(high, (char) low), 12)
                : point(builder, i, high, 6);
    }

    private int point(TextBuilder builder, int i, int point, int length) {
        builder.point(point, from[i], to[i + length - 1]);
        return i + length;
    }

    private int percent(TextBuilder builder, int i) {
        if (bytes.charAt(i) != '%') {
            return i;
        }
        int value = hex(i + 1, 2);
        if (value < 0) {
            return isCutHex(i + 1, 2) ? cut(builder, i) : i;
        }
        builder.value((char) value, from[i], to[i + 2]);
        return i + 3;
    }

    private int cut(TextBuilder builder, int i) {
        builder.cutAt = Math.min(cutAt, from[i]);
        return bytes.length();
    }

    /** Parses digits. Returns -1 if there are too few. */
    private int hex(int start, int digits) {
        return start + digits <= bytes.length() && areHex(start, start + digits)
                ? Integer.parseInt(bytes, start, start + digits, 16)
                : -1;
    }

    private boolean isCutHex(int start, int digits) {
        return start + digits > bytes.length() && areHex(start, bytes.length());
    }

    private boolean areHex(int start, int end) {
        return bytes.substring(start, end).chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** Returns the UTF-8 of a text, with one character for each byte. */
    static String bytes(String text) {
        return of(text).bytes;
    }

    private static final class TextBuilder {

        private final StringBuilder bytes;
        private int[] from;
        private int[] to;
        private int cutAt = Integer.MAX_VALUE;

        TextBuilder(int capacity) {
            bytes = new StringBuilder(capacity);
            from = new int[capacity];
            to = new int[capacity];
        }

        /** Returns the bytes of a character. An unpaired surrogate, whose other half was cut off, has none. */
        void point(int point, int start, int end) {
            if (isHalf(point)) {
                return;
            } else if (point < 128) {
                value((char) point, start, end);
                return;
            }
            for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                value((char) (each & 0xff), start, end);
            }
        }

        void value(char value, int start, int end) {
            if (bytes.length() == from.length) {
                from = Arrays.copyOf(from, from.length * 2 + 16);
                to = Arrays.copyOf(to, from.length);
            }
            from[bytes.length()] = start;
            to[bytes.length()] = end;
            bytes.append(value);
        }
    }
}
