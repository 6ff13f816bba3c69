// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of errors is made from the list of codes, and the list has what the sources send, and nothing else. */
class ErrorPageTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path PAGE = ROOT.resolve(Path.of("docs", "reference", "errors.md"));
    private static final String HOW = "mvn -pl bundles/io.jobyard.views.api -am test -Dtest=ErrorPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Djobyard.docs.write=true";

    private static final Pattern NAMED = Pattern.compile("\\bErrorCode\\.([A-Z_]+)\\b");
    /** What an exception of the API hands to its parent, and what the client says itself. */
    private static final Pattern WORD =
            Pattern.compile("(?:super\\(|own\\(|code == null \\?|safe \\?)\\s*\"([a-z_]*[a-z])\"");

    private static final Pattern OTHER_WORD = Pattern.compile("safe \\? \"[a-z_]+\" : \"([a-z_]+)\"");

    @Test
    void thePageSaysWhatTheListSays() throws IOException {
        String page = page();
        if (Boolean.getBoolean("jobyard.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("outdated; generate it with: %s", HOW).hasContent(page);
    }

    @Test
    void whatIsSentIsListedAndWhatIsListedIsSent() throws IOException {
        Set<String> sent = new TreeSet<>(Set.of("job_failed", "job_cancelled")); // made of the status of a job
        try (Stream<Path> sources = Stream.concat(
                Files.walk(ROOT.resolve("bundles")), Files.walk(ROOT.resolve("tools/io.jobyard.client")))) {
            sources.filter(ErrorPageTest::isSource).forEach(source -> addCodes(source, sent));
        }
        assertThat(sent)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::text).collect(Collectors.toSet()));
    }

    @Test
    void eachCodeHasAWordOfItsOwn() {
        assertThat(ErrorCode.values()).allSatisfy(code -> {
            assertThat(ErrorCode.named(code.text())).contains(code);
            assertThat(code.text()).isEqualToIgnoringCase(code.name());
            assertThat(code.exit()).isBetween(1, 6);
        });
        assertThat(ErrorCode.named("other")).isEmpty();
    }

    private static boolean isSource(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.contains("/src/main/java/")
                && path.endsWith(".java")
                && !path.endsWith("/ErrorCode.java")
                && !path.contains("/io.jobyard.handler.")
                && !path.contains("/io.jobyard.testkit/");
    }

    private static void addCodes(Path source, Set<String> sent) {
        try {
            String text = Files.readString(source);
            NAMED.matcher(text)
                    .results()
                    .map(found -> ErrorCode.valueOf(found.group(1)).text())
                    .forEach(sent::add);
            String name = source.getFileName().toString();
            if (name.endsWith("Exception.java") || source.toString().contains("io.jobyard.client")) {
                Stream.of(WORD, OTHER_WORD)
                        .flatMap(pattern -> pattern.matcher(text).results())
                        .forEach(found -> sent.add(found.group(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder();
        try (var head = ErrorPageTest.class.getResourceAsStream("/errors-head.md")) {
            page.append(new String(Objects.requireNonNull(head).readAllBytes(), StandardCharsets.UTF_8));
        }
        page.append("\n## Codes of a host\n\n| Code | HTTP | Exit | Problem | Fix |\n|---|---|---|---|---|\n");
        Arrays.stream(ErrorCode.values())
                .filter(code -> code.status() > 0)
                .forEach(code -> page.append("| `%s` | %d | %d | %s | %s |\n"
                        .formatted(code.text(), code.status(), code.exit(), code.title(), code.fix())));
        page.append(
                "\n## Codes of clients\n\nThe client for Java and `bin/jobyard --url` report these themselves; no host sends them.\n");
        page.append("\n| Code | Exit | Problem | Fix |\n|---|---|---|---|\n");
        Arrays.stream(ErrorCode.values())
                .filter(code -> code.status() == 0)
                .forEach(code -> page.append(
                        "| `%s` | %d | %s | %s |\n".formatted(code.text(), code.exit(), code.title(), code.fix())));
        return page.toString();
    }
}
