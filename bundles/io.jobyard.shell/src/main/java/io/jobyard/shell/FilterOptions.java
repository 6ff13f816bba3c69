// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.ValidationException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which jobs are meant; how their queue and their labels are named is another one's. */
abstract class FilterOptions {

    @Option(
            names = "--status",
            paramLabel = "S",
            description = "Only these: waiting, queued, running, completed, failed or cancelled.")
    @Nullable
    String status;

    @Option(
            names = "--reason",
            paramLabel = "R",
            description =
                    "Only jobs with this reason beside their status, such as retry, timeout, signal or 'rate limited'.")
    @Nullable
    String reason;

    @Option(names = "--type", paramLabel = "T", description = "Only jobs of this type.")
    @Nullable
    String type;

    @Option(names = "--submitter", paramLabel = "U", description = "Only jobs this user or bundle asked for.")
    @Nullable
    String submitter;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only jobs created then or later: an instant such as 2027-01-31T08:00:00Z, a time of the day such"
                            + " as 18:30, or how long ago, such as 2h.")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only jobs created before.")
    @Nullable
    String until;

    @Option(
            names = "--error",
            paramLabel = "TEXT",
            description =
                    "Only jobs whose error contains this, upper and lower case as written. An error begins with the class that was thrown.")
    @Nullable
    String error;

    @Option(names = "--schedule", paramLabel = "NAME", description = "Only jobs that this schedule made.")
    @Nullable
    String schedule;

    @Option(names = "--group", paramLabel = "NAME", description = "Only jobs of this group.")
    @Nullable
    String group;

    /** The queue they stand in. */
    abstract @Nullable String queue();

    /** Labels that they have. */
    abstract Map<String, String> labels();

    final JobFilter filter(Instant now) {
        return new JobFilter(
                status == null ? null : JobStatus.of(status),
                reason == null ? null : reason(reason),
                type,
                queue(),
                submitter,
                labels(),
                TimeOptions.past("--since", since, now),
                TimeOptions.past("--until", until, now),
                error,
                schedule,
                group);
    }

    private static Reason reason(String typed) {
        String text = typed.replace('-', ' ');
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ValidationException("there is no reason '" + typed + "'; use one of "
                        + Arrays.stream(Reason.values()).map(Reason::text).collect(Collectors.joining(", "))));
    }

    /** Whether any of them is given. */
    final boolean isGiven() {
        return !filter(Instant.EPOCH).equals(JobFilter.ALL);
    }

    /** The options that say the same; relative times stay what they were. */
    static List<String> words(JobFilter filter) {
        TypedWords words = new TypedWords();
        words.option(
                "--status", filter.status() == null ? null : filter.status().text());
        words.option(
                "--reason", filter.reason() == null ? null : filter.reason().text());
        words.option("--type", filter.type());
        words.option("--queue", filter.queue());
        words.option("--submitter", filter.submitter());
        filter.labels().forEach((label, value) -> words.option("--label", label + "=" + value));
        words.option("--since", filter.since());
        words.option("--until", filter.until());
        words.option("--error", filter.error());
        words.option("--schedule", filter.schedule());
        words.option("--group", filter.group());
        return words.all();
    }
}
