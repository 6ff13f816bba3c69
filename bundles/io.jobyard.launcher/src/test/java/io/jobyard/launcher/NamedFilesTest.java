// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedFilesTest {

    private static final List<String> SUBMIT = List.of("--file", "--batch");
    private static final List<String> CONFIG = List.of("check");

    private static Set<String> of(List<String> marks, String... arguments) {
        return NamedFiles.of(marks, List.of(arguments));
    }

    @Test
    void optionsNameFiles() {
        assertThat(of(SUBMIT, "echo", "--file", "a.json", "--await")).containsExactly("a.json");
        assertThat(of(SUBMIT, "--batch=b.jsonl", "--file", "-")).containsExactly("b.jsonl", "-");
        assertThat(of(SUBMIT, "echo", "{\"--file\": 1}", "--key", "a")).isEmpty();
        assertThat(of(SUBMIT, "echo", "--file")).isEmpty();
        assertThat(of(SUBMIT, "echo", "--", "--file", "a")).isEmpty();
    }

    @Test
    void aVerbNamesAFile() {
        assertThat(of(CONFIG, "check", "a.cfg")).containsExactly("a.cfg");
        assertThat(of(CONFIG, "check", "--json", "--pid", "worker", "a.cfg", "b.cfg"))
                .containsExactly("a.cfg");
        assertThat(of(CONFIG, "--as=ann", "check", "--pid=worker", "-")).containsExactly("-");
        assertThat(of(CONFIG, "check", "--", "--odd.cfg")).containsExactly("--odd.cfg");
        assertThat(of(CONFIG, "log", "worker")).isEmpty();
        assertThat(of(CONFIG, "worker")).isEmpty();
    }
}
