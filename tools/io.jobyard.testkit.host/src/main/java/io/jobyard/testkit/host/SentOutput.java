// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.text.StackLines;
import io.jobyard.testkit.InMemoryStore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Output of a job at the time of one of its commits. The store must contain the output after that commit.
 *
 * @param job the job
 * @param pieces the number of emitted pieces
 * @param lines the number of log lines
 * @param used sums by unit
 */
record SentOutput(JobId job, int pieces, int lines, Map<String, BigDecimal> used) {

    /**
     * Describes the output that is not stored; empty if all is stored. Long texts are stored in several pieces, and
     * hosts add their own lines.
     */
    List<String> missingIn(InMemoryStore store) {
        List<String> missing = new ArrayList<>();
        int storedPieces = store.work().stream(job, 0, Integer.MAX_VALUE).size();
        if (storedPieces < pieces) {
            missing.add(pieces - storedPieces + " of " + pieces + " pieces of the stream");
        }
        int storedLines = StackLines.without(store.log(job)).size();
        if (storedLines < Math.min(lines, JobStore.MAX_LOG_LINES)) {
            missing.add(lines - storedLines + " of " + lines + " lines of the log");
        }
        used.forEach((unit, amount) -> {
            BigDecimal stored = store.usage().uses(job).stream()
                    .filter(use -> use.unit().equals(unit))
                    .map(RunUse::amount)
                    .map(BigDecimal::valueOf)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            if (stored.compareTo(amount) < 0) {
                missing.add(amount.subtract(stored) + " of " + amount + " " + unit);
            }
        });
        return missing;
    }
}
