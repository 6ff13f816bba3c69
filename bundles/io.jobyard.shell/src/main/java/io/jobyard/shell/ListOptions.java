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

/** Options of {@code job:list}. */
final class ListOptions {

    @Mixin
    final JobFilterOptions filter = new JobFilterOptions();

    @Option(names = "--count", description = "Print only the number of jobs.")
    boolean count;

    @Option(
            names = "--facets",
            description = "Print the number of jobs by status, reason, type, queue, submitter and schedule.")
    boolean facets;

    @Option(
            names = "--after-id",
            paramLabel = "ID",
            description = "ID of the last job of the previous page; list the jobs after it.")
    @Nullable
    String after;

    @Option(
            names = "--pending",
            description =
                    "List the ready jobs in starting order, and the gate that blocks the first of each lane. Covers"
                            + " the first 1000 ready jobs and shows the position of each among all.")
    boolean pending;

    @Option(names = "--oldest", description = "List the oldest jobs first.")
    boolean oldest;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of jobs to list (1–10000; default 20).")
    int limit = 20;

    JobQuery query(Instant now) {
        return new JobQuery(
                filter.filter(now),
                oldest ? JobOrder.OLDEST_FIRST : JobOrder.YOUNGEST_FIRST,
                after == null ? null : JobId.of(after),
                limit);
    }

    /** Returns the filter for {@code --pending}, which has its own order and only one page. */
    JobFilter pending(Instant now) {
        if (after != null || count || facets || oldest) {
            throw new ValidationException(
                    "--pending lists the ready jobs in starting order: omit --after-id, --count, --facets and"
                            + " --oldest");
        }
        return filter.filter(now);
    }

    /** Returns the command for the next page. Relative times keep the values of the first page. */
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
