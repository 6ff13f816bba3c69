// SPDX-License-Identifier: Apache-2.0
package com.example.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the sources and line counts of the page with the sources of this module. */
class PageTest {

    private static final Path PAGE = Path.of("../../../docs/explanation/same-workflow.md");
    private static final Path SOURCES = Path.of("src/main/java/com/example/review");
    private static final Pattern CODE = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Pattern START = Pattern.compile("(?ms)^    public static \\w+ serve\\(.*?^    }$");

    /** Lines of code, without the package, imports, comments and blank lines. */
    private static long lines(String source) {
        return source.lines()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .filter(line -> !line.startsWith("package ") && !line.startsWith("import ") && !line.startsWith("//"))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"Jobyard, 30", "Temporal, 60", "Dbos, 60", "Restate, 60"})
    void thePageShowsTheSourceAndItsLines(String system, int most) throws IOException {
        String source = Files.readString(SOURCES.resolve("ReviewOn" + system + ".java"));
        String page = Files.readString(PAGE);
        List<String> blocks = CODE.matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        String shown = source.substring(source.indexOf("\n\n", source.lastIndexOf("\nimport ")) + 2);
        long all = lines(source);
        long workflow = lines(START.matcher(source).replaceAll(""));

        assertThat(blocks).hasSize(4).contains(shown);
        assertThat(page.toLowerCase(Locale.ROOT))
                .containsPattern(
                        "\\| " + system.toLowerCase(Locale.ROOT) + " \\| " + workflow + " \\| " + all + " \\|");
        assertThat(all).isLessThanOrEqualTo(most);
    }
}
