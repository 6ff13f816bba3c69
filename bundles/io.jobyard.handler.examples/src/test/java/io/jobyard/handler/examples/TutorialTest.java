// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tutorial prints what the archetype makes; the archetype's own test builds and runs it. */
class TutorialTest {

    private static final Path PAGE = Path.of("../../docs/tutorial/first-handler.md");
    private static final Path MADE = Path.of("../../tools/archetype/src/main/resources/archetype-resources/src");

    @Test
    void printsTheFilesOfTheMadeProject() throws IOException {
        assertThat(blocks("java"))
                .containsExactly(made("main/java/__handler__.java"), made("test/java/__handler__Test.java"));
    }

    private static String made(String file) throws IOException {
        return Files.readString(MADE.resolve(file))
                .replace("${package}", "com.example.wordcount")
                .replace("${handler}", "WordCount")
                .replace("${jobType}", "word_count");
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", MULTILINE | DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
