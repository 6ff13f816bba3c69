// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Input of keys for the host. A typed byte that would start a size message is doubled. */
final class EscapedKeys extends FilterInputStream {

    private boolean again;

    EscapedKeys(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        if (again) {
            again = false;
            return ShellProtocol.MARK;
        }
        int key = in.read();
        again = key == ShellProtocol.MARK;
        return key;
    }

    /** Returns the keys that are available, so that no key waits for the next key. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = 0;
        do {
            int key = read();
            if (key < 0) {
                return count == 0 ? -1 : count;
            }
            bytes[offset + count++] = (byte) key;
        } while (count < length && (again || in.available() > 0));
        return count;
    }
}
