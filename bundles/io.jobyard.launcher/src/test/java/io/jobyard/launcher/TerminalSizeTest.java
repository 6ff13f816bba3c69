// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TerminalSizeTest {

    @Test
    void aTerminalThatDoesNotKnowHasTheUsualSize() {
        assertThat(TerminalSize.parse("50 200")).isEqualTo(new TerminalSize(200, 50));
        assertThat(TerminalSize.parse("0 0")).isEqualTo(new TerminalSize(80, 24));
        assertThat(TerminalSize.parse("")).isEqualTo(new TerminalSize(80, 24));
        assertThat(TerminalSize.parse("24 99999")).isEqualTo(new TerminalSize(32_767, 24));
    }

    @Test
    void whatIsNoTerminalIsDumb() {
        assertThat(TerminalSize.NONE.words()).isEqualTo("0 0 dumb");
    }

    @Test
    void aByteThatWouldBeginASizeComesTwice() throws IOException {
        byte[] typed = {'a', (byte) 255, 'b'};
        assertThat(new EscapedKeys(new ByteArrayInputStream(typed)).readAllBytes())
                .containsExactly('a', 255, 255, 'b');
        EscapedKeys keys = new EscapedKeys(new ByteArrayInputStream(typed));
        assertThat(keys.read(new byte[2], 0, 2)).isEqualTo(2);
        assertThat(keys.read()).isEqualTo(255);
        assertThat(keys.read()).isEqualTo('b');
    }
}
