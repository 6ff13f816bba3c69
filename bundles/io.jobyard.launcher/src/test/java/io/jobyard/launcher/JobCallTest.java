// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobCallTest {

    @Test
    void argumentsStayAsTheyAre() {
        List<String> typed = List.of("submit", "echo", "{\"a b\": \"$x\"}", "", "--file", "-", " ");
        assertThat(JobCall.of(typed)).isEqualTo(new JobCall(typed, null));
        assertThat(JobCall.of(List.of("job:list")).word()).isEqualTo("list");
    }

    @Test
    void theInstanceMayStandBehindTheWord() {
        assertThat(JobCall.of(List.of("list", "--instance", "/i", "--limit", "3")))
                .isEqualTo(new JobCall(List.of("list", "--limit", "3"), Path.of("/i")));
        assertThat(JobCall.of(List.of("list", "--instance=/i"))).isEqualTo(new JobCall(List.of("list"), Path.of("/i")));
        assertThat(JobCall.of(List.of("list", "--", "--instance", "/i")))
                .isEqualTo(new JobCall(List.of("list", "--", "--instance", "/i"), null));
        assertThatThrownBy(() -> JobCall.of(List.of("list", "--instance")))
                .isInstanceOf(LaunchException.class)
                .hasMessage("--instance needs a value, DIR");
    }
}
