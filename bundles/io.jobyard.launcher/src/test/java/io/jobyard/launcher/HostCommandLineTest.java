// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostCommandLineTest {

    @Test
    void argumentsStayAsTheyAre() {
        List<String> typed = List.of("submit", "echo", "{\"a b\": \"$x\"}", "", "--file", "-", " ");
        assertThat(HostCommandLine.of(typed)).isEqualTo(new HostCommandLine(typed, null));
        assertThat(HostCommandLine.of(List.of("job:list")).word()).isEqualTo("list");
    }

    @Test
    void theInstanceMayStandBehindTheWord() {
        assertThat(HostCommandLine.of(List.of("list", "--instance", "/i", "--limit", "3")))
                .isEqualTo(new HostCommandLine(List.of("list", "--limit", "3"), Path.of("/i")));
        assertThat(HostCommandLine.of(List.of("list", "--instance=/i")))
                .isEqualTo(new HostCommandLine(List.of("list"), Path.of("/i")));
        assertThat(HostCommandLine.of(List.of("list", "--", "--instance", "/i")))
                .isEqualTo(new HostCommandLine(List.of("list", "--", "--instance", "/i"), null));
        assertThatThrownBy(() -> HostCommandLine.of(List.of("list", "--instance")))
                .isInstanceOf(LaunchException.class)
                .hasMessage("missing value for --instance: DIR");
    }
}
