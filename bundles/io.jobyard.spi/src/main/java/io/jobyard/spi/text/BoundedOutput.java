// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Output that keeps written bytes up to a maximum, and rejects more. Not safe for use by several threads. */
public final class BoundedOutput extends OutputStream {

    /** Thrown if more bytes are written than allowed. */
    public static final class FullException extends IOException {

        private static final long serialVersionUID = 1L;

        private FullException(int most) {
            super("more than " + most + " bytes");
        }
    }

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** Creates an empty output of at most this many bytes. */
    public BoundedOutput(int most) {
        this.most = most;
    }

    @Override
    public void write(int b) throws FullException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /**
     * Keeps these bytes: all or none.
     *
     * @throws FullException if they are too many
     */
    @Override
    public void write(byte[] bytes, int offset, int length) throws FullException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > most - kept.size()) {
            throw new FullException(most);
        }
        kept.write(bytes, offset, length);
    }

    /** Returns the number of bytes. */
    public int size() {
        return kept.size();
    }

    /** Returns the written text, from UTF-8. */
    @Override
    public String toString() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
