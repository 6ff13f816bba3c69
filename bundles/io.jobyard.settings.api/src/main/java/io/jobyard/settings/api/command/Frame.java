// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Unit of the protocol for commands and their output: one byte for the kind, four for the length, and the content.
 *
 * <p>A host answers with {@link #OUT} and {@link #ERR}, and last with {@link #EXIT}. A client elsewhere sends a {@link #WORD} for each word
 * of the command, and then each file: its {@link #FILE name} and its {@link #PART parts}, or why it {@link #FAULT cannot be read}.
 *
 * @param kind one of the constants
 * @param bytes at most {@link #MOST}
 */
public record Frame(byte kind, byte[] bytes) {

    /** Part of standard output; may be empty. */
    public static final byte OUT = 1;
    /** Part of standard error. */
    public static final byte ERR = 2;
    /** Exit code, one byte. */
    public static final byte EXIT = 3;
    /** Word of the command, in UTF-8. */
    public static final byte WORD = 4;
    /** Name of a file as typed, in UTF-8. */
    public static final byte FILE = 5;
    /** Part of the contents of the file named last. */
    public static final byte PART = 6;
    /** Reason that the file named last cannot be read, in UTF-8. */
    public static final byte FAULT = 7;

    /** Maximum number of bytes in a frame. */
    public static final int MOST = 1_048_576;

    private static final int HEAD = 5;

    /** Creates a frame of text. */
    public static Frame of(byte kind, String text) {
        return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the next frame.
     *
     * @return frame; null at the end
     * @throws ProtocolException if the frame is cut off or too large
     */
    public static @Nullable Frame read(ReadableByteChannel from) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (!fill(from, head)) {
            if (head.position() == 0) {
                return null;
            }
            throw new ProtocolException("a frame is cut off");
        }
        byte kind = head.flip().get();
        int length = head.getInt();
        if (length < 0 || length > MOST) {
            throw new ProtocolException("a frame has " + length + " bytes; the maximum is " + MOST);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (!fill(from, bytes)) {
            throw new ProtocolException("a frame is cut off");
        }
        return new Frame(kind, bytes.array());
    }

    private static boolean fill(ReadableByteChannel from, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (from.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the frame in the form that is sent. */
    public ByteBuffer sent() {
        return ByteBuffer.allocate(HEAD + bytes.length)
                .put(kind)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
    }

    /** Returns the bytes as text in UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
