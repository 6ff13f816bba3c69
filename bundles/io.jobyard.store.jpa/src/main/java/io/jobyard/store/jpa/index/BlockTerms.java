// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.store.jpa.index.IndexedJob.Term;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Terms of the jobs of a block, in stored form: first the distinct texts, then for each term the number of its text at each position (0 for
 * none), then the fingerprints of labels, if any. Reads only the requested parts, because a search reads thousands of blocks.
 */
final class BlockTerms {

    private static final byte VERSION = 1;
    /** Approximate size of the objects and array headers, in bytes. */
    private static final int OVERHEAD = 200;

    private final byte[] bytes;
    private final int size;
    private final int[] texts;
    private final int width;
    private final int columns;
    /** Decoded texts, if the block is cached; null if each query decodes them. */
    private final String @Nullable [] words;

    BlockTerms(byte[] bytes) {
        this.bytes = bytes;
        words = null;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("a block of the search index has version " + version
                    + ", but this Jobyard supports version " + VERSION + ": a newer Jobyard wrote it");
        }
        size = in.getShort();
        texts = new int[in.getShort() + 1];
        for (int n = 0; n < texts.length - 1; n++) {
            texts[n] = in.position();
            int length = in.getShort();
            in.position(in.position() + length);
        }
        texts[texts.length - 1] = in.position();
        width = in.get();
        columns = in.position();
    }

    private BlockTerms(BlockTerms whole, String[] words) {
        size = whole.size;
        texts = whole.texts;
        width = whole.width;
        columns = whole.columns;
        bytes = Arrays.copyOf(whole.bytes, whole.endOfColumns());
        this.words = words;
    }

    /** Returns a copy for frequent reads, with decoded texts and without fingerprints. */
    BlockTerms forKeeping() {
        String[] decoded = new String[texts()];
        for (int n = 0; n < decoded.length; n++) {
            decoded[n] = text(n + 1).intern();
        }
        return new BlockTerms(this, decoded);
    }

    /** Returns the size in memory without the decoded texts, in bytes. */
    long bytes() {
        return OVERHEAD + bytes.length + 2L * Integer.BYTES * texts.length;
    }

    private int endOfColumns() {
        return columns + IndexedJob.TERMS * size * width;
    }

    /** Returns the stored form, with a column of numbers for each term. */
    static byte[] write(List<String> texts, short[][] columns, int size, int[] fingerprints) {
        List<byte[]> words = new ArrayList<>();
        int length = 0;
        for (String text : texts) {
            byte[] word = text.getBytes(StandardCharsets.UTF_8);
            words.add(word);
            length += Short.BYTES + word.length;
        }
        int width = words.size() < 256 ? 1 : 2;
        boolean labelled = Arrays.stream(fingerprints, 0, size).anyMatch(print -> print != 0);
        ByteBuffer out =
                ByteBuffer.allocate(6 + length + width * size * columns.length + (labelled ? Integer.BYTES * size : 0));
        out.put(VERSION).putShort((short) size).putShort((short) words.size());
        words.forEach(word -> out.putShort((short) word.length).put(word));
        out.put((byte) width);
        for (short[] column : columns) {
            for (int position = 0; position < size; position++) {
                if (width == 1) {
                    out.put((byte) column[position]);
                } else {
                    out.putShort(column[position]);
                }
            }
        }
        for (int position = 0; labelled && position < size; position++) {
            out.putInt(fingerprints[position]);
        }
        return out.array();
    }

    int size() {
        return size;
    }

    int texts() {
        return texts.length - 1;
    }

    /** Returns the number of a text, from 1; 0 if no job has it. */
    int number(byte[] text) {
        for (int n = 0; n < texts.length - 1; n++) {
            if (Arrays.equals(bytes, texts[n] + Short.BYTES, texts[n + 1], text, 0, text.length)) {
                return n + 1;
            }
        }
        return 0;
    }

    String text(int number) {
        if (words != null) {
            return words[number - 1];
        }
        int begin = texts[number - 1] + Short.BYTES;
        return new String(bytes, begin, texts[number] - begin, StandardCharsets.UTF_8);
    }

    /** Returns the number of the text at a position; 0 for none. */
    int at(Term term, int position) {
        int index = columns + (term.ordinal() * size + position) * width;
        return width == 1 ? bytes[index] & 0xFF : (bytes[index] & 0xFF) << 8 | bytes[index + 1] & 0xFF;
    }

    int fingerprint(int position) {
        int index = endOfColumns() + Integer.BYTES * position;
        return index < bytes.length ? ByteBuffer.wrap(bytes).getInt(index) : 0;
    }
}
