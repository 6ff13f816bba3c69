// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenWidthTest {

    private static final String LONG = "a_very_long_name_of_something_that_nobody_would_type_twice";

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void submit() {
        shell = new TestShell(directory);
        shell.call("submit", LONG, "{}", "--queue", LONG, "--as", LONG, "--key", LONG + LONG);
        shell.call("submit", "bad", "{}", "--depends", "1", "--label", LONG + "=" + LONG);
    }

    @Test
    void everyScreenFitsEightyColumns() {
        fits("list");
        fits("show", "1");
        fits("show", "2");
        fits("result", "2");
        fits("history", "1");
        fits("stats");
        fits("handlers");
        fits("queues");
        fits("limits");
        fits("log", "1");
        fits("explain", "1");
        fits("doctor");
        fits("help");
        TestShell.lines().forEach(line -> fits("help", Commands.name(line)));
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(shell.call("submit", "--help").out())
                .isEqualTo(shell.call("help", "submit").out())
                .contains("--handler-version", "--if-dependency-fails", "--await", "--json");
    }

    private void fits(String command, String... arguments) {
        TestShell.Answer answer = shell.call(command, arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
    }
}
