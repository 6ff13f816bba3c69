// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InputLineTest {

    private static final String TOO_LONG = "too long; use a file";

    @Test
    void aLineEndsBeforeTheNextByteOfTheInput() throws IOException {
        InputStream in = new ByteArrayInputStream("list ä\n\nlast".getBytes(StandardCharsets.UTF_8));
        assertThat(InputLine.read(in, 7, TOO_LONG)).isEqualTo("list ä");
        assertThat(InputLine.read(in, 7, TOO_LONG)).isEmpty();
        assertThat(in.read()).isEqualTo('l');
        assertThat(InputLine.read(in, 7, TOO_LONG)).isEqualTo("ast");
        assertThat(InputLine.read(in, 7, TOO_LONG)).isNull();
    }

    @Test
    void aLineHasAMaximumOfBytes() {
        InputStream in = new ByteArrayInputStream("list ä\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> InputLine.read(in, 6, TOO_LONG))
                .isInstanceOf(IOException.class)
                .hasMessage(TOO_LONG);
    }
}
