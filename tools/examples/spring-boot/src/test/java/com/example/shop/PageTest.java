// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page shows is what runs here. */
class PageTest {

    private static final Path PAGE = Path.of("../../../docs/how-to/use-with-spring-boot.md");
    private static final Pattern CODE = Pattern.compile("(?ms)^```(?:java|properties)\n(.*?)^```$");

    @Test
    void eachPieceOfCodeIsOneOfASource() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.append(Files.readString(file)).append('\n');
            }
        }
        assertThat(CODE.matcher(Files.readString(PAGE)).results().map(MatchResult::group))
                .hasSize(4)
                .allSatisfy(block -> assertThat(sources.toString())
                        .contains(block.replaceFirst("^```\\w+\n", "").replaceFirst("```$", "")));
    }
}
