// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "explanation", "words.md");
    /** Includes the terms of canaries, circuits, migrators, webhooks and alerts, which users meet in commands. */
    private static final int MOST = 60;

    @Test
    void thePageIsShortAndAlphabetical() throws Exception {
        List<String> words = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Word "))
                .map(line -> line.split("\\|")[1].strip())
                .toList();
        assertThat(words).hasSizeBetween(1, MOST).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theClassesAndCommandsOnItExist() throws Exception {
        assertThat(found("`([A-Z][A-Za-z]+)`")).isNotEmpty().isSubsetOf(classes());
        assertThat(found("`job:([a-z]+)"))
                .isNotEmpty()
                .isSubsetOf(Commands.ALL.stream().map(CommandEntry::function).toList());
    }

    private static Set<String> found(String pattern) throws Exception {
        return Pattern.compile(pattern)
                .matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> classes() throws Exception {
        Set<String> found = new HashSet<>();
        try (Stream<Path> bundles = Files.list(Path.of(".."))) {
            for (Path main : bundles.map(bundle -> bundle.resolve("src/main"))
                    .filter(Files::isDirectory)
                    .toList()) {
                found.addAll(classes(main));
            }
        }
        return found;
    }

    private static Set<String> classes(Path main) throws Exception {
        try (Stream<Path> files = Files.walk(main)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replaceFirst("\\.java$", ""))
                    .collect(Collectors.toSet());
        }
    }
}
