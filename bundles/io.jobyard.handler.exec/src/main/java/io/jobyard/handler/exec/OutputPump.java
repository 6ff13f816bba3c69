// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads what a program prints until its end, keeps the beginning, and never lets the program wait for room. */
final class OutputPump {

    private static final int PIECE = 8_192;
    private static final int TAIL_BYTES = 2_000;

    private OutputPump() {}

    /** Each piece goes to the listener as it comes, up to {@code maxBytes} in all. What is no UTF-8 is replaced. */
    static ProgramOutput read(InputStream in, int maxBytes, Consumer<String> listener) throws IOException {
        StringBuilder text = new StringBuilder();
        Reader reader = new InputStreamReader(new FirstBytes(in, maxBytes), StandardCharsets.UTF_8);
        char[] piece = new char[PIECE];
        for (int n = reader.read(piece); n >= 0; n = reader.read(piece)) {
            String next = new String(piece, 0, n);
            text.append(next);
            listener.accept(next);
        }
        byte[] dropped = drain(in);
        return new ProgramOutput(text.toString(), new String(dropped, StandardCharsets.UTF_8), dropped.length > 0);
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

    /** The beginning of a stream. */
    private static final class FirstBytes extends InputStream {

        private final InputStream in;
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
            left -= Math.max(0, n);
            return n;
        }

        @Override
        public int available() throws IOException {
            return Math.min(left, in.available());
        }
    }
}
