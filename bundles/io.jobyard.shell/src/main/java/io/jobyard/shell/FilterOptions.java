// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.ValidationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Filter options for jobs. Subclasses name the options for queues and labels. */
abstract class FilterOptions {

    /** Help text for an option that takes several values. */
    static final String ANY = " Repeat the option or separate values with commas to match any of them.";

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "S",
            description = "Only jobs with this status: waiting, queued, running, completed, failed or cancelled." + ANY)
    List<String> statuses = new ArrayList<>();

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "R",
            description = "Only jobs with this reason, for example retry, timeout, signal or 'rate limited'." + ANY)
    List<String> reasons = new ArrayList<>();

    @Option(names = "--type", split = ",", paramLabel = "T", description = "Only jobs of this type." + ANY)
    List<String> types = new ArrayList<>();

    @Option(
            names = "--submitter",
            split = ",",
            paramLabel = "U",
            description = "Only jobs submitted by this user or bundle." + ANY)
    List<String> submitters = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only jobs created at or after this time: an instant such as 2027-01-31T08:00:00Z, a time of day"
                            + " such as 18:30, or an age such as 2h.")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only jobs created before this time.")
    @Nullable
    String until;

    @Option(
            names = "--error",
            paramLabel = "TEXT",
            description =
                    "Only jobs whose error contains this text (case-sensitive). An error begins with the exception"
                            + " class.")
    @Nullable
    String error;

    @Option(names = "--schedule", paramLabel = "NAME", description = "Only jobs of this schedule.")
    @Nullable
    String schedule;

    @Option(names = "--group", paramLabel = "NAME", description = "Only jobs of this group.")
    @Nullable
    String group;

    /** Returns the queues of the jobs. */
    abstract List<String> queues();

    /** Returns the labels of the jobs. */
    abstract Map<String, String> labels();

    final JobFilter filter(Instant now) {
        return new JobFilter(
                new JobFilter.StateFilter(
                        several("--status", statuses, JobStatus::of), several("--reason", reasons, Reason::of), error),
                Set.copyOf(types),
                Set.copyOf(queues()),
                Set.copyOf(submitters),
                labels(),
                schedule,
                group,
                new JobFilter.CreatedRange(
                        TimeOptions.past("--since", since, now), TimeOptions.past("--until", until, now)));
    }

    private static <T> Set<T> several(String option, List<String> words, Function<String, T> of) {
        try {
            return words.stream().map(of).collect(Collectors.toSet());
        } catch (ValidationException e) {
            throw e.in(option);
        }
    }

    /** Returns whether any option is given. */
    final boolean isGiven() {
        return !filter(Instant.EPOCH).equals(JobFilter.ALL);
    }

    /** Returns the options for a filter. Relative times keep their resolved values. */
    static List<String> words(JobFilter filter) {
        TypedWords words = new TypedWords();
        filter.state().statuses().forEach(status -> words.option("--status", status.text()));
        filter.state().reasons().forEach(reason -> words.option("--reason", reason.text()));
        filter.types().forEach(type -> words.option("--type", type));
        filter.queues().forEach(queue -> words.option("--queue", queue));
        filter.submitters().forEach(submitter -> words.option("--submitter", submitter));
        filter.labels().forEach((label, value) -> words.option("--label", label + "=" + value));
        words.option("--since", filter.created().since());
        words.option("--until", filter.created().until());
        words.option("--error", filter.state().error());
        words.option("--schedule", filter.schedule());
        words.option("--group", filter.group());
        return words.all();
    }
}
