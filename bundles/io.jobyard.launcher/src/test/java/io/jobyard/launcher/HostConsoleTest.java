// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostConsoleTest {

    @TempDir
    Path directory;

    private InstanceDirectory instance;

    @BeforeEach
    void begin() throws IOException {
        instance = new InstanceDirectory(directory);
        Files.createDirectories(instance.console().getParent());
    }

    @Test
    void theLastLinesForPeopleAreTheReason() throws IOException {
        assertThat(reason(
                        "what a handler prints",
                        "ERROR: one",
                        "WARN: two",
                        "  at A.b()",
                        "jobyard: three",
                        "ERROR: four"))
                .isEqualTo("WARN: two; jobyard: three; ERROR: four");
        assertThat(reason("[0.1s][warning][gc] this", "that")).isEqualTo("[0.1s][warning][gc] this");
    }

    @Test
    void whatJavaSaysFirstIsTheReasonWhereNothingElseIs() throws IOException {
        assertThat(reason("Error occurred during initialization of VM", "Multiple garbage collectors selected"))
                .isEqualTo("Error occurred during initialization of VM; Multiple garbage collectors selected");
        assertThat(reason("Exception: one", "  at A.b()", "", "two", "three", "four"))
                .isEqualTo("Exception: one; two; three");
        assertThat(reason()).isEqualTo("no reason was logged");
    }

    private String reason(String... printed) throws IOException {
        Files.writeString(instance.console(), String.join("\n", printed));
        return HostConsole.reason(instance);
    }
}
