// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobQuery.JobOrder;
import io.jobyard.api.ValidationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code job:list}. */
final class ListOptions {

    @Mixin
    final JobFilterOptions filter = new JobFilterOptions();

    @Option(names = "--count", description = "Only how many there are.")
    boolean count;

    @Option(
            names = "--facets",
            description =
                    "How many there are, and how they divide by status, reason, type, queue, submitter and schedule.")
    boolean facets;

    @Option(
            names = "--after-id",
            paramLabel = "ID",
            description = "Go on behind this job: the last of the page before.")
    @Nullable
    String after;

    @Option(
            names = "--pending",
            description =
                    "The ready jobs in starting order, and the gate that holds the first of their lane: those that are"
                            + " meant among the first 1000 of all, each with its position among all.")
    boolean pending;

    @Option(names = "--oldest", description = "The oldest first.")
    boolean oldest;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 10000; 20 if left out.")
    int limit = 20;

    JobQuery query(Instant now) {
        return new JobQuery(
                filter.filter(now),
                oldest ? JobOrder.OLDEST_FIRST : JobOrder.YOUNGEST_FIRST,
                after == null ? null : JobId.of(after),
                limit);
    }

    /** What goes with --pending: its order is its own, and it has no next page. */
    JobFilter pending(Instant now) {
        if (after != null || count || facets || oldest) {
            throw new ValidationException("--pending tells the ready jobs in their order: --after-id, --count, --facets"
                    + " and --oldest do not go with it");
        }
        return filter.filter(now);
    }

    /** The command for the next page; relative times stay those of the first page. */
    static String next(JobQuery query, JobId after) {
        List<String> words = new ArrayList<>(List.of("job:list"));
        words.addAll(FilterOptions.words(query.filter()));
        if (query.order() == JobOrder.OLDEST_FIRST) {
            words.add("--oldest");
        }
        words.addAll(new TypedWords()
                .option("--limit", query.limit())
                .option("--after-id", after)
                .all());
        return String.join(" ", words);
    }
}
