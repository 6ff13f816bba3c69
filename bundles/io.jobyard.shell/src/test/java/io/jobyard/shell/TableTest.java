// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.command.DirectoryFiles;
import io.jobyard.spi.access.Caller;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final String ID = "01a21b74-4a68-7000-8b79-24581a09fb08";

    private final Table table = new Table("ID", "TYPE", "STATUS", "PRIO", "WHY");

    @Test
    void whatIsNoTerminalGetsWholeValues() {
        table.row("1a09fb08", "t".repeat(200), "waiting: dependencies", 5, "because of " + ID);
        assertThat(printed(Screen.ENDLESS))
                .contains("t".repeat(200), "because of " + ID)
                .doesNotContain("…");
    }

    @Test
    void allOfAWideTerminalIsUsed() {
        table.row("1a09fb08", "t".repeat(90), "completed", 5, "x");
        assertThat(printed(122)).contains("t".repeat(90));
        assertThat(longest(printed(100))).isEqualTo(100);
    }

    @Test
    void theLongestTextGivesWayFirstAndNeverAnIdAStateOrANumber() {
        table.row("1a09fb08", "t".repeat(20), "waiting: dependencies", 1_234_567, "w".repeat(60));
        assertThat(printed(100))
                .contains("t".repeat(20), "www…")
                .contains("1a09fb08", "waiting: dependencies", "1234567");
        assertThat(printed(56)).contains("1a09fb08", "waiting: dependencies", "1234567", "tttt…", "ww…");
        assertThat(printed(40)).contains("1a09fb08", "waiting: dependencies", "1234567");
    }

    @Test
    void anIdWithinATextIsShownByItsEndBeforeAnythingIsCut() {
        table.row("1a09fb08", "echo", "waiting: dependencies", 5, "job " + ID + " failed");
        assertThat(printed(95)).contains("job " + ID + " failed");
        assertThat(printed(70)).contains("job 1a09fb08 failed").doesNotContain("…");
    }

    @Test
    void aCharacterOfTwoPartsIsNotCutInTwo() {
        assertThat(Table.cut("ab\uD83D\uDE00cd", 4)).isEqualTo("ab…");
        assertThat(Table.cut("ab\uD83D\uDE00cd", 5)).isEqualTo("ab\uD83D\uDE00…");
    }

    private String printed(int width) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        table.print(new Screen(
                new DirectoryFiles(Path.of(""), InputStream.nullInputStream()),
                stream,
                stream,
                width,
                false,
                Caller.administrator("ann"),
                null));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int longest(String text) {
        return text.lines().mapToInt(String::length).max().orElse(0);
    }
}
