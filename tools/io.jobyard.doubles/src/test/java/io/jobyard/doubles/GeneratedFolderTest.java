// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFolderTest {

    private static final Map<String, String> PAGES = Map.of("a.md", "# a\n", "b.md", "# b\n");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("a.md"), "# a\n");
        Files.writeString(folder.resolve("b.md"), "# b\n");
    }

    @Test
    void acceptsExactlyThePages() throws IOException {
        GeneratedFolder.requirePages(folder, PAGES, "make");
    }

    @Test
    void refusesAMissingPage() throws IOException {
        Files.delete(folder.resolve("b.md"));

        assertRefused("b.md");
    }

    @Test
    void refusesAMissingFolder() {
        assertThatThrownBy(() -> GeneratedFolder.requirePages(folder.resolve("none"), PAGES, "make"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesASuperfluousPage() throws IOException {
        Files.writeString(folder.resolve("c.md"), "# c\n");

        assertRefused("c.md");
    }

    @Test
    void refusesAnOutdatedPage() throws IOException {
        Files.writeString(folder.resolve("b.md"), "# b\n\nmore\n");

        assertRefused("outdated");
    }

    private void assertRefused(String named) {
        assertThatThrownBy(() -> GeneratedFolder.requirePages(folder, PAGES, "make"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(named)
                .hasMessageContaining("make");
    }
}
