// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reader of a program's output. It reads to the end and keeps the beginning, so that the program never blocks. */
final class OutputPump {

    private static final int PIECE = 8_192;
    private static final int TAIL_BYTES = 2_000;

    private OutputPump() {}

    /**
     * Reads a stream. The listener receives each piece as it arrives, up to {@code maxBytes} in total; invalid UTF-8 is
     * replaced.
     */
    static ProgramOutput read(InputStream in, int maxBytes, Consumer<String> listener) throws IOException {
        StringBuilder text = new StringBuilder();
        FirstBytes first = new FirstBytes(in, maxBytes);
        Reader reader = new InputStreamReader(first, StandardCharsets.UTF_8);
        char[] piece = new char[PIECE];
        for (int n = reader.read(piece); n >= 0; n = reader.read(piece)) {
            String next = new String(piece, 0, n);
            text.append(next);
            listener.accept(next);
        }
        byte[] dropped = drain(in);
        return ProgramOutput.of(first.kept.toByteArray(), text.toString(), dropped);
    }

    /** Returns the last bytes. */
    private static byte[] drain(InputStream in) throws IOException {
        byte[] last = {};
        byte[] piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            byte[] both = Arrays.copyOf(last, last.length + n);
            System.arraycopy(piece, 0, both, last.length, n);
            last = Arrays.copyOfRange(both, Math.max(0, both.length - TAIL_BYTES), both.length);
        }
        return last;
    }

    /** Recorder of the beginning of a stream. */
    private static final class FirstBytes extends InputStream {

        private final InputStream in;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private int left;

        FirstBytes(InputStream in, int length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = left == 0 ? -1 : in.read(bytes, offset, Math.min(length, left));
            if (n > 0) {
                left -= n;
                kept.write(bytes, offset, n);
            }
            return n;
        }

        @Override
        public int available() throws IOException {
            return Math.min(left, in.available());
        }
    }
}
