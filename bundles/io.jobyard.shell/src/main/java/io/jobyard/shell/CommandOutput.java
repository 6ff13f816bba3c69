// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Output of a command until it is closed. After an interrupt, Gogo continues while the command's thread may still
 * print. That output must not mix with the next command's output.
 */
final class CommandOutput extends OutputStream {

    private final OutputStream to;
    private boolean shut;

    CommandOutput(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (shut) {
            throw new IOException("the command was interrupted");
        }
        to.write(bytes, offset, length);
    }

    @Override
    public synchronized void flush() throws IOException {
        if (!shut) {
            to.flush();
        }
    }

    /** Closes this output, but not the target. Nothing is written after this returns. */
    @Override
    public synchronized void close() {
        shut = true;
    }
}
