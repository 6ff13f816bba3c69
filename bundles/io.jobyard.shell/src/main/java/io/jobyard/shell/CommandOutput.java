// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What commands print, until it is shut. Gogo leaves a command that is interrupted behind, while its thread still
 * prints; that must not run into what comes next.
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

    /** Returns once nothing more comes through; where it led to stays open. */
    @Override
    public synchronized void close() {
        shut = true;
    }
}
