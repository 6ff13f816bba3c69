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

/** The page on states is made from the table in the code; run with {@code -Djobyard.docs.write=true} to make it anew. */
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
                        "docs/reference/states.md is stale; make it anew with: mvn -pl bundles/io.jobyard.scheduler -am"
                                + " test -Dtest=StatesPageTest -Dsurefire.failIfNoSpecifiedTests=false -Djobyard.docs.write=true")
                .isEqualTo(page);
    }

    private static String page() {
        return """
                # States of a job

                A job is in one of six states; where the state alone does not say why, a reason stands beside it. These are all moves
                there are: the host refuses any other. This page is made from the table in the code.

                ```mermaid
                stateDiagram-v2
                %s
                ```

                | from | to | reason | when |
                |---|---|---|---|
                %s

                `completed`, `failed` and `cancelled` are final: only an operator's retry leads out of the last two.

                Three numbers tell the runs apart. The **run** rises with every start and is never given back. The **attempt** counts the
                runs that are charged to `maxRetries`; a run that was given back, or whose host was lost, is not. The history has a row for
                every move, with both.
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
