// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.itests.faults.Deed;
import io.jobyard.itests.faults.Mode;
import io.jobyard.itests.faults.Point;
import io.jobyard.itests.faults.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.Test;

/** Which faults there are, beside what the host does and what the docs say. */
public class FaultPointsIT {

    private static final Path DOCS = Path.of("../docs");

    @Test
    public void everyMoveOfAJobHasAPoint() throws IOException {
        List<String[]> moves = Files.readAllLines(DOCS.resolve("reference/states.md")).stream()
                .filter(line -> line.matches("\\| (–|`\\w+`) \\| `\\w+` \\|.*"))
                .map(line -> line.replace("`", "").replace("–", "").split("\\|"))
                .toList();
        assertThat(moves)
                .hasSizeGreaterThan(25)
                .allSatisfy(cells -> assertThat(Deed.knowsMove(cells[1].strip(), cells[2].strip(), cells[3].strip()))
                        .as(Arrays.toString(cells))
                        .isTrue());
    }

    @Test
    public void everyPointIsInTheDocs() throws IOException {
        List<String> told = Files.readAllLines(DOCS.resolve("explanation/crashes.md"));
        assertThat(told)
                .containsSubsequence(table())
                .contains("That makes " + Point.all().size() + " points.");
    }

    private static List<String> table() {
        List<String> rows = new ArrayList<>();
        for (Deed deed : Deed.values()) {
            rows.add("| `" + word(deed) + "` | " + deed.meaning() + " | " + steps(deed) + " |");
        }
        Stream.of(Step.values()).forEach(step -> rows.add("| `" + word(step) + "` | " + step.meaning() + " |"));
        Stream.of(Mode.values()).forEach(mode -> rows.add("| `" + mode + "` | " + mode.meaning() + " |"));
        return rows;
    }

    private static String steps(Deed deed) {
        return String.join(
                ", ",
                Point.all().stream()
                        .filter(point -> point.deed() == deed)
                        .map(point -> word(point.step()))
                        .toList());
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
