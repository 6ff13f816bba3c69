// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitNamesTest {

    private static final String READS = "NamedLimit\\.(parse|all)\\b|NamedLimit::(parse|all)\\b";

    /** A gate is asked by allowances, which whoever belongs to it has found: no text is read again under the lock. */
    @Test
    void theTextOfALimitIsReadWhereALaneIsMadeAndNotWhereAGateIsAsked() throws IOException {
        Map<String, Integer> readers = new HashMap<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/jobyard/queue"))) {
            for (Path source : sources.toList()) {
                int reads = Files.readString(source).split(READS, -1).length - 1;
                if (reads > 0) {
                    readers.put(source.getFileName().toString(), reads);
                }
            }
        }
        assertThat(readers)
                .containsOnly(
                        Map.entry("Lane.java", 1), // a new lane
                        Map.entry("LaneGroup.java", 2), // a new group, and whether it is a pool
                        Map.entry("Allowances.java", 1), // what the store remembers
                        Map.entry("ConfiguredRules.java", 1), // a submission, before the lock
                        Map.entry("LimitOverview.java", 1), // an overview, after the lock
                        Map.entry("QueueFindings.java", 1)); // a finding
    }
}
