// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalOutputTest {

    @Test
    void aWriteReachesTheTerminalWholeAndWithItsEndsOfLines() throws IOException {
        List<String> writes = new ArrayList<>();
        OutputStream lines = new TerminalLines(new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }
        });
        byte[] text = "-né\n→ 2\n-".getBytes(StandardCharsets.UTF_8);
        lines.write(text, 1, text.length - 2);
        lines.write('\n');
        assertThat(writes).containsExactly("né\r\n→ 2\r\n", "\r\n");
    }

    @Test
    void nothingComesThroughAnOutputThatIsShut() throws IOException {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        CommandOutput output = new CommandOutput(to);
        output.write('a');
        output.close();
        assertThatThrownBy(() -> output.write('b')).hasMessage("the command was interrupted");
        output.flush();
        assertThat(to.toString(StandardCharsets.UTF_8)).isEqualTo("a");
    }
}
