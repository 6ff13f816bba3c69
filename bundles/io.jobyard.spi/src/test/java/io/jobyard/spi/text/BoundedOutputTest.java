// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BoundedOutputTest {

    @Test
    void whatFitsIsKeptAndMoreIsRefused() throws Exception {
        BoundedOutput output = new BoundedOutput(5);
        output.write("äbc".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> output.write(new byte[2]))
                .isInstanceOf(BoundedOutput.FullException.class)
                .hasMessage("more than 5 bytes");
        output.write('d');
        assertThatThrownBy(() -> output.write('e')).isInstanceOf(BoundedOutput.FullException.class);
        assertThat(output).hasToString("äbcd");
        assertThat(output.size()).isEqualTo(5);
    }
}
