// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.ValidationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code job:list}. */
final class ListOptions {

    @Option(
            names = "--status",
            paramLabel = "S",
            description = "Only these: waiting, queued, running, completed, failed or cancelled.")
    @Nullable
    String status;

    @Option(names = "--type", paramLabel = "T", description = "Only jobs of this type.")
    @Nullable
    String type;

    @Option(names = "--queue", paramLabel = "Q", description = "Only jobs that stand in this queue.")
    @Nullable
    String queue;

    @Option(names = "--submitter", paramLabel = "U", description = "Only jobs this user or bundle asked for.")
    @Nullable
    String submitter;

    @Option(
            names = "--label",
            paramLabel = "K=V",
            description = "Only jobs with this label; given several times, with all of them.")
    Map<String, String> labels = new LinkedHashMap<>();

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
            description = "Only jobs whose error contains this, upper and lower case as written.")
    @Nullable
    String error;

    @Option(names = "--schedule", paramLabel = "NAME", description = "Only jobs that this schedule made.")
    @Nullable
    String schedule;

    @Option(
            names = "--after-id",
            paramLabel = "ID",
            description = "Go on behind this job: the last of the page before.")
    @Nullable
    String after;

    @Option(
            names = "--pending",
            description =
                    "The ready jobs in starting order, up to 1000, and the gate that holds the first of their lane; what"
                            + " else narrows the list does not go with it, but --limit.")
    boolean pending;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 10000; 20 if left out.")
    int limit = 20;

    JobQuery query(Instant now) {
        return new JobQuery(
                status == null ? null : JobStatus.of(status),
                type,
                queue,
                submitter,
                labels,
                TimeOptions.past("--since", since, now),
                TimeOptions.past("--until", until, now),
                error,
                schedule,
                after == null ? null : JobId.of(after),
                limit);
    }

    /** With --pending no option narrows the list. */
    int pendingLimit() {
        boolean narrowed = Stream.of(status, type, queue, submitter, since, until, error, schedule, after)
                .anyMatch(Objects::nonNull);
        if (narrowed || !labels.isEmpty()) {
            throw new ValidationException(
                    "--pending tells all ready jobs in their order: of the other options only --limit"
                            + " goes with it");
        }
        return limit;
    }

    /** The command for the next page; relative times stay those of the first page. */
    static String next(JobQuery query, JobId after) {
        List<String> words = new ArrayList<>(List.of("job:list"));
        option(words, "--status", query.status() == null ? null : query.status().text());
        option(words, "--type", query.type());
        option(words, "--queue", query.queue());
        option(words, "--submitter", query.submitter());
        query.labels().forEach((label, value) -> option(words, "--label", label + "=" + value));
        option(words, "--since", query.since());
        option(words, "--until", query.until());
        option(words, "--error", query.error());
        option(words, "--schedule", query.schedule());
        option(words, "--limit", query.limit());
        option(words, "--after-id", after);
        return String.join(" ", words);
    }

    private static void option(List<String> words, String name, @Nullable Object value) {
        if (value != null) {
            String text = value.toString();
            words.add(name);
            words.add(text.matches("[A-Za-z0-9._:=-]+") ? text : quoted(text));
        }
    }

    private static String quoted(String text) {
        return text.contains("'") ? "\"" + text + "\"" : "'" + text + "'";
    }
}
