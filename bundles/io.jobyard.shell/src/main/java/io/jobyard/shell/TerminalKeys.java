// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jline.terminal.Size;

/**
 * Keys of a client's terminal. New sizes of the terminal arrive between the keys: a byte 255, then columns and rows
 * of two bytes each. UTF-8 has no byte 255; a typed byte 255 is doubled.
 */
final class TerminalKeys extends InputStream {

    private static final int MARK = 255;

    private final InputStream from;
    private Consumer<Size> resized = size -> {};

    TerminalKeys(InputStream from) {
        this.from = from;
    }

    /** Sets the listener for new sizes. Must be called before the first key is read. */
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

    /** Returns one key at a time, so that no key waits for the next. */
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
