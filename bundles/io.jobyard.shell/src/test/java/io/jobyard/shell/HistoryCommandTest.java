// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {

    private static final String ID = "01978f3c-5c1e-7c39-9d2a-6f1b00000001";

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void submit() {
        shell = new TestShell(directory);
        shell.call("submit", "bad", "{}");
    }

    @Test
    void howTheJobEndedAndItsErrorComeFirst() {
        assertThat(shell.call("history", "1").out())
                .startsWith("job " + ID + " failed: host lost\nit\\nbroke\n\nAT ")
                .endsWith("\njob:history " + ID + " --stack shows where it failed\n")
                .doesNotContain("    at ");
    }

    @Test
    void theStackTracesComeAfterTheEventsIfTheyAreAskedFor() {
        assertThat(shell.call("history", "1", "--stack").out())
                .containsPattern("\n\n\\S+ \\S+ run 1, attempt 1 failed:\njava.lang.IllegalStateException")
                .endsWith(": the\\u001b other\n    at com.acme.Words.handle(Words.java:12)\n");
    }
}
