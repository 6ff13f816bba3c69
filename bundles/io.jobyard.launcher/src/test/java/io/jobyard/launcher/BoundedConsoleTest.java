// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedConsoleTest {

    private static final int MOST = 10;

    @TempDir
    Path directory;

    private Path file;
    private Path old;
    private OutputStream appending;
    private BoundedConsole console;

    @BeforeEach
    void open() throws IOException {
        file = directory.resolve("console.log");
        old = directory.resolve("console.1.log");
        appending = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        console = new BoundedConsole(appending, file, old, MOST);
    }

    @Test
    void aFullFileBecomesTheOldOneAndTheNewOneBegins() throws Exception {
        console.write("0123456789".getBytes(StandardCharsets.UTF_8));
        assertThat(old).doesNotExist();
        console.write('a');
        assertThat(file).hasContent("a");
        assertThat(old).hasContent("0123456789");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-------");
    }

    @Test
    void oneLargeWriteIsBoundedToo() throws Exception {
        console.write("x".repeat(10_003).getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("xxx");
        assertThat(old).hasSize(MOST);
    }

    @Test
    void whatTheJvmWritesBesideCounts() throws Exception {
        appending.write("a thread dump".getBytes(StandardCharsets.UTF_8));
        console.write('b');
        assertThat(file).hasContent("b");
        assertThat(old).hasContent("a thread dump");
    }

    @Test
    void whereTheFileCannotBeRolledItDoesNotGrow() throws Exception {
        Files.createDirectory(old);
        Files.writeString(old.resolve("in the way"), "");
        console.write(new byte[MOST]);
        assertThatThrownBy(() -> console.write('c')).isInstanceOf(IOException.class);
        PrintStream printing = new PrintStream(console, true, StandardCharsets.UTF_8);
        printing.println("nobody fails for that");
        assertThat(file).hasSize(MOST);
    }
}
