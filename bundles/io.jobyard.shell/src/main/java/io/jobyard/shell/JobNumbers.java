// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobFacets;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Counts of jobs by several criteria. */
final class JobNumbers {

    /** Maximum number of values to show for one criterion. */
    private static final int SHOWN = 20;

    private JobNumbers() {}

    static void print(JobFacets facets, boolean divided, Screen screen) {
        if (divided) {
            table(facets).print(screen);
        }
        Instant back = facets.coverage().lookedBackTo();
        screen.line(facets.total()
                + (facets.total() == 1 ? " job" : " jobs")
                + (back == null
                        ? ""
                        : " among those created since " + back + "; the count stopped there, so there may be more"));
        if (facets.coverage().asOf() != null) {
            screen.line(asOf(facets.coverage().asOf()));
        }
    }

    static String asOf(Instant asOf) {
        return "as of " + asOf + ": later changes may be missing";
    }

    private static Table table(JobFacets facets) {
        Table table = new Table("BY", "VALUE", "JOBS");
        rows(table, "status", facets.byStatus(), JobStatus::text);
        rows(table, "reason", facets.byReason(), Reason::text);
        rows(table, "type", facets.byType(), type -> type);
        rows(table, "queue", facets.byQueue(), queue -> queue);
        rows(table, "submitter", facets.bySubmitter(), submitter -> submitter);
        rows(table, "schedule", facets.bySchedule(), schedule -> schedule);
        return table;
    }

    private static <K> void rows(Table table, String by, Map<K, Long> counts, Function<K, String> text) {
        counts.entrySet().stream()
                .limit(SHOWN)
                .forEach(count -> table.row(
                        by, text.apply(count.getKey()), count.getValue().toString()));
        if (counts.size() > SHOWN) {
            table.row(
                    by,
                    "others",
                    String.valueOf(counts.values().stream()
                            .skip(SHOWN)
                            .mapToLong(Long::longValue)
                            .sum()));
        }
    }
}
