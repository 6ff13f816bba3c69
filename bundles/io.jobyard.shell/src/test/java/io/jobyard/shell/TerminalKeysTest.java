// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.junit.jupiter.api.Test;

class TerminalKeysTest {

    private final List<Size> sizes = new ArrayList<>();

    @Test
    void sizesStandAmongTheKeys() throws IOException {
        assertThat(keys('a', 255, 1, 44, 0, 50, 'b')).isEqualTo("ab");
        assertThat(sizes).containsExactly(new Size(300, 50));
    }

    @Test
    void aDoubledMarkIsAKey() throws IOException {
        assertThat(keys('a', 255, 255, 'b')).isEqualTo("a\u00ffb");
        assertThat(sizes).isEmpty();
    }

    @Test
    void noSizeIsTakenOfWhichAPartIsMissingOrThatIsNone() throws IOException {
        assertThat(keys('a', 255, 1)).isEqualTo("a");
        assertThat(keys('a', 255)).isEqualTo("a");
        assertThat(keys(255, 0, 0, 0, 0, 'a')).isEqualTo("a");
        assertThat(sizes).isEmpty();
    }

    private String keys(int... bytes) throws IOException {
        byte[] sent = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            sent[i] = (byte) bytes[i];
        }
        TerminalKeys keys = new TerminalKeys(new ByteArrayInputStream(sent));
        keys.onResize(sizes::add);
        StringBuilder read = new StringBuilder();
        byte[] some = new byte[10];
        for (int count = keys.read(some, 0, 10); count >= 0; count = keys.read(some, 0, 10)) {
            for (int i = 0; i < count; i++) {
                read.append((char) (some[i] & 0xff));
            }
        }
        return read.toString();
    }
}
