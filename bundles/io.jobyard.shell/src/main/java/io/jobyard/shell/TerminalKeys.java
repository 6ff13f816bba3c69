// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jline.terminal.Size;

/**
 * What is typed on a client's terminal. Among the keys stand the sizes that the terminal takes on: a byte 255, then
 * columns and rows of two bytes each. UTF-8 has no byte 255; one that is typed all the same comes twice.
 */
final class TerminalKeys extends InputStream {

    private static final int MARK = 255;

    private final InputStream from;
    private Consumer<Size> resized = size -> {};

    TerminalKeys(InputStream from) {
        this.from = from;
    }

    /** Before the first key is read. */
    void onResize(Consumer<Size> listener) {
        resized = listener;
    }

    @Override
    public int read() throws IOException {
        int key = from.read();
        while (key == MARK) {
            int high = from.read();
            if (high == MARK || high < 0) {
                return high;
            }
            int columns = high << Byte.SIZE | from.read();
            int rows = from.read() << Byte.SIZE | from.read();
            if (columns > 0 && rows > 0) {
                resized.accept(new Size(columns, rows));
            }
            key = from.read();
        }
        return key;
    }

    /** One key: a terminal that waits for more would hold back what is there. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int key = length == 0 ? 0 : read();
        if (key < 0 || length == 0) {
            return key;
        }
        bytes[offset] = (byte) key;
        return 1;
    }
}
