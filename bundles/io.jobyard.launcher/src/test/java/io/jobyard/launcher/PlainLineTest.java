// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLineTest {

    @TempDir
    Path home;

    @BeforeEach
    void commands() throws IOException {
        Path level = Files.createDirectories(home.resolve("bundles/20"));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(level.resolve("io.jobyard.shell-1.jar")))) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/jobyard/commands.txt"));
            jar.write("list - List jobs.\nhelp - List the commands.\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsTypedMostIsPlain() {
        assertThat(isPlain("start")).isTrue();
        assertThat(isPlain("start", "--instance", "i")).isTrue();
        assertThat(isPlain("run", "--background", "--instance=i")).isTrue();
        assertThat(isPlain("shell", "job:list --limit 5")).isTrue();
        assertThat(isPlain("list", "--fast")).isTrue();
        assertThat(isPlain("job:list")).isTrue();
    }

    @Test
    void allElseIsParsed() {
        assertThat(isPlain()).isFalse();
        assertThat(isPlain("--instance", "i", "list")).isFalse();
        assertThat(isPlain("start", "--new-store")).isFalse();
        assertThat(isPlain("start", "--", "--instance", "i")).isFalse();
        assertThat(isPlain("run")).isFalse();
        assertThat(isPlain("shell", "--help")).isFalse();
        assertThat(isPlain("help")).isFalse();
        assertThat(isPlain("jump")).isFalse();
        assertThat(isPlain("job:start")).isFalse();
    }

    @Test
    void anInstanceNeedsAName() {
        assertThatThrownBy(() -> isPlain("start", "--instance"))
                .isInstanceOf(LaunchException.class)
                .hasMessage("missing value for --instance: DIR");
    }

    private boolean isPlain(String... typed) {
        return PlainLine.read(new Program(home, "1", false), List.of(typed)) != null;
    }
}
