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

/**
 * Lines of the application with Jobyard, with its handler and the configuration of the host, and with JobRunr. Empty
 * lines, comments, package declarations and imports do not count.
 */
class LineCountTest {

    private static final Path DOCS = Path.of("../../../docs");
    private static final Pattern CODE = Pattern.compile("(?m)^(?!\\s*(?:$|//|/?\\*|#|package |import )).*\\S");
    private static final Pattern PROPERTIES = Pattern.compile("(?ms)^```properties\n(.*?)^```$");
    /** The secret, the allowed origin and the webhook: the files of the steps 1 and 2. */
    private static final int FILES_OF_A_WEBHOOK = 3;

    @Test
    void theApplicationHasAtMostOneAndAHalfTimesTheLinesThatItHasWithJobRunr() throws IOException {
        long jobyard = lines(Path.of("src/main")) + lines(Path.of("../invoice-handler/src/main")) + hostLines();
        long jobRunr = lines(Path.of("../spring-boot-jobrunr/src/main"));
        assertThat(jobyard).isGreaterThan(40).isLessThanOrEqualTo(jobRunr * 3 / 2);
        assertThat(Files.readString(DOCS.resolve("explanation/comparison.md")))
                .contains("has " + jobyard + " lines with Jobyard", "and " + jobRunr + " with JobRunr");
    }

    private static long hostLines() throws IOException {
        return PROPERTIES
                .matcher(Files.readString(DOCS.resolve("how-to/webhooks.md")))
                .results()
                .limit(FILES_OF_A_WEBHOOK)
                .mapToLong(block -> lines(block.group(1)))
                .sum();
    }

    private static long lines(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            long lines = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines += lines(Files.readString(file));
            }
            return lines;
        }
    }

    private static long lines(String text) {
        return CODE.matcher(text).results().map(MatchResult::group).count();
    }
}
