// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Generates the page on states from the table in the code; {@code -Djobyard.docs.write=true} writes it. */
class StatesPageTest {

    private static final Path PAGE = Path.of("../../docs/reference/states.md");

    @Test
    void pageShowsEveryMoveOfTheTable() throws IOException {
        String page = page();
        if (Boolean.getBoolean("jobyard.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "docs/reference/states.md is stale; write it with: mvn -pl bundles/io.jobyard.scheduler -am"
                                + " test -Dtest=StatesPageTest -Dsurefire.failIfNoSpecifiedTests=false -Djobyard.docs.write=true")
                .isEqualTo(page);
    }

    private static String page() {
        return """
                # States of a job

                A job is in one of six states. Where the state alone is not enough, it has a reason. The table lists all transitions; the host
                rejects any other. This page is generated from the table in the code.

                ```mermaid
                stateDiagram-v2
                %s
                ```

                | from | to | reason | when |
                |---|---|---|---|
                %s

                Jobs in `completed`, `failed` and `cancelled` are finished. Only an operator's retry leads out of the last two.

                Two numbers distinguish runs. The **run** increases with every start and never decreases. The **attempt** counts the
                runs that count against `maxRetries`; a requeued run, or a run whose host was lost, does not count. The history has an entry for
                each transition, with both numbers.
                """.formatted(picture(), rows());
    }

    private static String picture() {
        Set<String> arrows = new LinkedHashSet<>();
        for (LifeCycle move : LifeCycle.moves()) {
            JobStatus from = move.from();
            arrows.add("    " + (from == null ? "[*]" : from.text()) + " --> "
                    + move.to().text());
        }
        for (JobStatus status : JobStatus.values()) {
            if (status.isFinished()) {
                arrows.add("    " + status.text() + " --> [*]");
            }
        }
        return String.join("\n", arrows);
    }

    private static String rows() {
        return LifeCycle.moves().stream()
                .map(move ->
                        "| " + (move.from() == null ? "–" : "`" + move.from().text() + "`") + " | `"
                                + move.to().text() + "` | "
                                + (move.reason() == null ? "" : move.reason().text()) + " | " + move.when() + " |")
                .collect(Collectors.joining("\n"));
    }
}
