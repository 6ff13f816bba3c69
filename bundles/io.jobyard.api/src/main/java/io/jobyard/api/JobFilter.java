// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are meant: for a list, for numbers, and for what is done to many. What is null or empty does not narrow. Of a set, a job
 * has one of the values.
 *
 * <p>All but the text of the error is found by an index, which lags what is committed by about a second at most ({@link JobPage#asOf}).
 *
 * @param statuses the status, one of these
 * @param reasons the reason beside the status, one of these
 * @param types the type, one of these
 * @param queues the queue the jobs run or ran in, one of these; of those that are not started the one asked for, or where their type is routed now
 * @param submitters the submitter, one of these
 * @param labels labels that the jobs have, all of them, with these values
 * @param since created then or later
 * @param until created before
 * @param error what the first 2,000 characters of the error contain, as it is written
 * @param schedule the schedule that made the jobs
 * @param group the group that the jobs are of; several submitters may have one of the same name
 */
public record JobFilter(
        Set<JobStatus> statuses,
        Set<Reason> reasons,
        Set<String> types,
        Set<String> queues,
        Set<String> submitters,
        Map<String, String> labels,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String error,
        @Nullable String schedule,
        @Nullable String group) {

    /** How many values a set may have at most. */
    public static final int MAX_VALUES = 20;

    /** Every job. */
    public static final JobFilter ALL =
            new JobFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), null, null, null, null, null);

    /** @throws ValidationException if a text is empty, or a set has more than {@link #MAX_VALUES} values */
    public JobFilter {
        statuses = few("status", statuses);
        reasons = few("reason", reasons);
        types = fewTexts("type", types);
        queues = fewTexts("queue", queues);
        submitters = fewTexts("submitter", submitters);
        requireText("error", error);
        requireText("schedule", schedule);
        requireText("group", group);
        labels = Map.copyOf(labels);
    }

    /**
     * Narrows the filter.
     *
     * @param values one of these is the status; none for any
     */
    public JobFilter withStatus(JobStatus... values) {
        return new JobFilter(
                set(values), reasons, types, queues, submitters, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param values one of these is the reason beside the status; none for any
     */
    public JobFilter withReason(Reason... values) {
        return new JobFilter(
                statuses, set(values), types, queues, submitters, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param values one of these is the type; none for any
     */
    public JobFilter withType(String... values) {
        return new JobFilter(
                statuses, reasons, set(values), queues, submitters, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param values one of these is the queue the jobs run or ran in; of those that are not started the one asked for, or where their type is routed now; none for any
     */
    public JobFilter withQueue(String... values) {
        return new JobFilter(
                statuses, reasons, types, set(values), submitters, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param values one of these is the submitter; none for any
     */
    public JobFilter withSubmitter(String... values) {
        return new JobFilter(
                statuses, reasons, types, queues, set(values), labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param label a label that the jobs have
     */
    public JobFilter withLabel(String label, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(label, value);
        return new JobFilter(statuses, reasons, types, queues, submitters, all, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value created then or later
     */
    public JobFilter withSince(Instant value) {
        return new JobFilter(
                statuses, reasons, types, queues, submitters, labels, value, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value created before
     */
    public JobFilter withUntil(Instant value) {
        return new JobFilter(
                statuses, reasons, types, queues, submitters, labels, since, value, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value what the first 2,000 characters of the error contain, as it is written
     */
    public JobFilter withError(String value) {
        return new JobFilter(
                statuses, reasons, types, queues, submitters, labels, since, until, value, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value the schedule that made the jobs
     */
    public JobFilter withSchedule(String value) {
        return new JobFilter(statuses, reasons, types, queues, submitters, labels, since, until, error, value, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value the group that the jobs are of
     */
    public JobFilter withGroup(String value) {
        return new JobFilter(
                statuses, reasons, types, queues, submitters, labels, since, until, error, schedule, value);
    }

    /**
     * Whether a job is meant.
     *
     * @param standsIn the queue that it stands in, runs in or ran in; null if that is not known
     * @return whether all parts of the filter hold of it
     */
    public boolean matches(Job job, @Nullable String standsIn) {
        Fire fire = job.terms().identity().fire();
        return isOneOf(statuses, job.status())
                && isOneOf(reasons, job.state().reason())
                && isOneOf(types, job.type())
                && isOneOf(queues, standsIn)
                && isOneOf(submitters, job.submitter())
                && isMeant(schedule, fire == null ? null : fire.schedule())
                && isMeant(group, job.terms().identity().group())
                && job.terms().identity().labels().entrySet().containsAll(labels.entrySet())
                && isInTime(job.createdAt())
                && (error == null || contains(job.state().error(), error));
    }

    /**
     * For people.
     *
     * @return such as {@code status failed or cancelled, type chat, label a=b}; {@code all} for every job
     */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        words(words, "status", statuses.stream().map(JobStatus::text));
        words(words, "reason", reasons.stream().map(Reason::text));
        words(words, "type", types.stream());
        words(words, "queue", queues.stream());
        words(words, "submitter", submitters.stream());
        new TreeMap<>(labels).forEach((label, value) -> word(words, "label", label + "=" + value));
        word(words, "since", since);
        word(words, "until", until);
        word(words, "error", error);
        word(words, "schedule", schedule);
        word(words, "group", group);
        return words.isEmpty() ? "all" : String.join(", ", words);
    }

    private static void words(List<String> words, String what, Stream<String> values) {
        String any = values.collect(Collectors.joining(" or "));
        word(words, what, any.isEmpty() ? null : any);
    }

    private static void word(List<String> words, String what, @Nullable Object value) {
        if (value != null) {
            words.add(what + " " + value);
        }
    }

    private boolean isInTime(Instant created) {
        return (since == null || !created.isBefore(since)) && (until == null || created.isBefore(until));
    }

    private static <T> boolean isOneOf(Set<T> wanted, @Nullable T is) {
        return wanted.isEmpty() || is != null && wanted.contains(is);
    }

    private static boolean isMeant(@Nullable Object wanted, @Nullable Object is) {
        return wanted == null || wanted.equals(is);
    }

    private static boolean contains(@Nullable String text, String part) {
        return text != null && text.contains(part);
    }

    private static <T> Set<T> set(T[] values) {
        return new LinkedHashSet<>(List.of(values));
    }

    private static Set<String> fewTexts(String what, Set<String> values) {
        values.forEach(value -> requireText(what, value));
        return few(what, values);
    }

    /** In their order, so that what is said of them is always the same. */
    private static <T extends Comparable<T>> Set<T> few(String what, Set<T> values) {
        if (values.size() > MAX_VALUES) {
            throw new ValidationException(
                    what, what + " has " + values.size() + " values; give " + MAX_VALUES + " at most");
        }
        return Collections.unmodifiableSet(new TreeSet<>(values));
    }

    private static void requireText(String what, @Nullable String value) {
        if (value != null && value.isEmpty()) {
            throw new ValidationException(what, what + " '' names nothing; give one, or leave it out for all");
        }
    }
}
