// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of documentation pages that a test generates from the code. */
public final class GeneratedFolder {

    private GeneratedFolder() {}

    /**
     * Fails unless the folder has exactly these pages. With {@code -Djobyard.docs.write=true}, first writes the pages
     * and removes all others.
     *
     * @param pages the text of each page by its file name
     * @param how the command that writes them, for the message
     */
    public static void requirePages(Path folder, Map<String, String> pages, String how) throws IOException {
        if (Boolean.getBoolean("jobyard.docs.write")) {
            write(folder, pages);
        }
        String fix = "generate the pages with: " + how;
        assertThat(names(folder)).as(fix).containsExactlyInAnyOrderElementsOf(pages.keySet());
        for (Map.Entry<String, String> page : pages.entrySet()) {
            assertThat(folder.resolve(page.getKey()))
                    .as("outdated; " + fix)
                    .usingCharset("UTF-8")
                    .hasContent(page.getValue());
        }
    }

    private static void write(Path folder, Map<String, String> pages) throws IOException {
        Files.createDirectories(folder);
        for (String name : names(folder)) {
            if (!pages.containsKey(name)) {
                Files.delete(folder.resolve(name));
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
