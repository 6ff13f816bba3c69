// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.nio.ByteBuffer;

/**
 * Compact form of numbers and texts. A number has seven bits per byte, the lowest first; all bytes but the last have the highest bit set. A
 * signed number is doubled, and negative values become odd numbers. A text is its length in bytes, followed by each UTF-16 unit encoded
 * separately as UTF-8, so that half of a surrogate pair is preserved.
 */
public final class PackedNumbers {

    /** Maximum size of a character in bytes. */
    public static final int CHARACTER_BYTES = 3;

    private PackedNumbers() {}

    public static void put(ByteBuffer out, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    public static long get(ByteBuffer in) {
        long number = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            number |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return number;
    }

    public static void putSigned(ByteBuffer out, long number) {
        put(out, number << 1 ^ number >> 63);
    }

    public static long getSigned(ByteBuffer in) {
        long number = get(in);
        return number >>> 1 ^ -(number & 1);
    }

    public static void put(ByteBuffer out, String text) {
        int length = 0;
        for (int n = 0; n < text.length(); n++) {
            char unit = text.charAt(n);
            length += unit < 0x80 ? 1 : unit < 0x800 ? 2 : CHARACTER_BYTES;
        }
        put(out, length);
        for (int n = 0; n < text.length(); n++) {
            put(out, text.charAt(n));
        }
    }

    private static void put(ByteBuffer out, char unit) {
        if (unit < 0x80) {
            out.put((byte) unit);
        } else if (unit < 0x800) {
            out.put((byte) (0xC0 | unit >> 6)).put((byte) (0x80 | unit & 0x3F));
        } else {
            out.put((byte) (0xE0 | unit >> 12))
                    .put((byte) (0x80 | unit >> 6 & 0x3F))
                    .put((byte) (0x80 | unit & 0x3F));
        }
    }

    /** @param length length in bytes */
    public static String text(ByteBuffer in, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int end = in.position() + length; in.position() < end; ) {
            int first = in.get();
            if (first >= 0) {
                text.append((char) first);
            } else if ((first & 0x20) == 0) {
                text.append((char) ((first & 0x1F) << 6 | in.get() & 0x3F));
            } else {
                text.append((char) ((first & 0x0F) << 12 | (in.get() & 0x3F) << 6 | in.get() & 0x3F));
            }
        }
        return text.toString();
    }
}
