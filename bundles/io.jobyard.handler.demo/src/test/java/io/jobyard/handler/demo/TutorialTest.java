// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.demo;

import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.handler.JobHandler;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial prints the files of its project, and its handler works. */
class TutorialTest {

    private static final Path TUTORIAL = Path.of("../../docs/tutorial");
    private static final Path PROJECT = TUTORIAL.resolve("word-count");
    private static final String SOURCE = "src/main/java/com/example/wordcount/WordCount.java";

    @Test
    void printsTheFilesOfTheProject() throws IOException {
        assertThat(blocks("xml")).containsExactly(Files.readString(PROJECT.resolve("pom.xml")));
        assertThat(blocks("java")).containsExactly(Files.readString(PROJECT.resolve(SOURCE)));
        assertThat(blocks("json"))
                .containsExactly(
                        Files.readString(PROJECT.resolve("src/main/resources/OSGI-INF/jobs/word_count.schema.json")));
    }

    @Test
    void compilesAndCounts(@TempDir Path classes) throws Exception {
        int problems = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        PROJECT.resolve(SOURCE).toString());
        assertThat(problems).isZero();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            JobHandler handler = (JobHandler) loader.loadClass("com.example.wordcount.WordCount")
                    .getConstructor()
                    .newInstance();
            assertThat(handler.handle(new FakeJobContext(Map.of("text", "to be or not to be"))))
                    .isEqualTo(Map.of("words", 6));
        }
    }

    private static List<String> blocks(String language) throws IOException {
        String page = Files.readString(TUTORIAL.resolve("first-handler.md"));
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", MULTILINE | DOTALL)
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
