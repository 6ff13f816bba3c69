// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes text with a terminal's line ends. Each write stays whole, while the stream of jline's terminal mixes single
 * bytes with the output of other threads and the echo of keys.
 */
final class TerminalLines extends OutputStream {

    private final OutputStream to;

    TerminalLines(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        // One character for each byte, whatever the encoding.
        String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        to.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }
}
