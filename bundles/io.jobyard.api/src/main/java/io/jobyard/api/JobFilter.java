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
 * Filter for jobs: for lists, statistics and bulk operations. A null or empty part matches all jobs. A set matches jobs with any of its
 * values. An index covers everything except the text of the error; {@link JobPage#asOf} is set if it lags the commits.
 *
 * @param state status, reason and error
 * @param types types of the jobs
 * @param queues queues in which the jobs run or ran; for jobs that have not started, the requested queue, or the queue that the type is
 * routed to now
 * @param submitters submitters of the jobs
 * @param labels labels that the jobs have, all of them with these values
 * @param schedule schedule that created the jobs
 * @param group group of the jobs; several submitters may have a group with the same name
 * @param created range of creation times
 */
public record JobFilter(
        StateFilter state,
        Set<String> types,
        Set<String> queues,
        Set<String> submitters,
        Map<String, String> labels,
        @Nullable String schedule,
        @Nullable String group,
        CreatedRange created) {

    /** Maximum number of values in a set. */
    public static final int MAX_VALUES = 20;

    /** Matches every job. */
    public static final JobFilter ALL = new JobFilter(
            new StateFilter(Set.of(), Set.of(), null),
            Set.of(),
            Set.of(),
            Set.of(),
            Map.of(),
            null,
            null,
            new CreatedRange(null, null));

    /**
     * Conditions for the state of jobs.
     *
     * @param statuses statuses of the jobs
     * @param reasons reasons of the statuses
     * @param error text in the first 2,000 characters of the error, case-sensitive
     */
    public record StateFilter(
            Set<JobStatus> statuses,
            Set<Reason> reasons,
            @Nullable String error) {

        public StateFilter {
            statuses = few("status", statuses);
            reasons = few("reason", reasons);
            requireText("error", error);
        }

        private boolean matches(JobState is) {
            return isOneOf(statuses, is.status())
                    && isOneOf(reasons, is.reason())
                    && (error == null || is.error() != null && is.error().contains(error));
        }
    }

    /**
     * Range of creation times.
     *
     * @param since earliest time
     * @param until end, exclusive
     */
    public record CreatedRange(
            @Nullable Instant since, @Nullable Instant until) {

        private boolean contains(Instant created) {
            return (since == null || !created.isBefore(since)) && (until == null || created.isBefore(until));
        }
    }

    /** @throws ValidationException if a text is empty, or a set has more than {@link #MAX_VALUES} values */
    public JobFilter {
        types = fewTexts("type", types);
        queues = fewTexts("queue", queues);
        submitters = fewTexts("submitter", submitters);
        requireText("schedule", schedule);
        requireText("group", group);
        labels = Map.copyOf(labels);
    }

    /** Returns a filter for jobs with one of these statuses; without arguments, for all statuses. */
    public JobFilter withStatus(JobStatus... values) {
        return with(new StateFilter(set(values), state.reasons, state.error));
    }

    /** Returns a filter for jobs with one of these reasons; without arguments, for all reasons. */
    public JobFilter withReason(Reason... values) {
        return with(new StateFilter(state.statuses, set(values), state.error));
    }

    /** Returns a filter for jobs whose error contains this text in its first 2,000 characters, case-sensitive. */
    public JobFilter withError(String value) {
        return with(new StateFilter(state.statuses, state.reasons, value));
    }

    private JobFilter with(StateFilter other) {
        return new JobFilter(other, types, queues, submitters, labels, schedule, group, created);
    }

    /** Returns a filter for jobs of one of these types; without arguments, for all types. */
    public JobFilter withType(String... values) {
        return new JobFilter(state, set(values), queues, submitters, labels, schedule, group, created);
    }

    /** Returns a filter for jobs of one of these queues, as defined for {@link #queues()}; without arguments, for all queues. */
    public JobFilter withQueue(String... values) {
        return new JobFilter(state, types, set(values), submitters, labels, schedule, group, created);
    }

    /** Returns a filter for jobs of one of these submitters; without arguments, for all submitters. */
    public JobFilter withSubmitter(String... values) {
        return new JobFilter(state, types, queues, set(values), labels, schedule, group, created);
    }

    /** Returns a filter that also requires this label. */
    public JobFilter withLabel(String label, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(label, value);
        return new JobFilter(state, types, queues, submitters, all, schedule, group, created);
    }

    /** Returns a filter for jobs created at this time or later. */
    public JobFilter withSince(Instant value) {
        return with(new CreatedRange(value, created.until));
    }

    /** Returns a filter for jobs created before this time. */
    public JobFilter withUntil(Instant value) {
        return with(new CreatedRange(created.since, value));
    }

    private JobFilter with(CreatedRange other) {
        return new JobFilter(state, types, queues, submitters, labels, schedule, group, other);
    }

    /** Returns a filter for jobs that this schedule created. */
    public JobFilter withSchedule(String value) {
        return new JobFilter(state, types, queues, submitters, labels, value, group, created);
    }

    /** Returns a filter for jobs of this group. */
    public JobFilter withGroup(String value) {
        return new JobFilter(state, types, queues, submitters, labels, schedule, value, created);
    }

    /**
     * Returns whether the filter matches a job.
     *
     * @param standsIn queue in which the job is ready, runs or ran; null if unknown
     * @return whether all parts of the filter match
     */
    public boolean matches(Job job, @Nullable String standsIn) {
        Fire fire = job.terms().identity().fire();
        return state.matches(job.state())
                && isOneOf(types, job.type())
                && isOneOf(queues, standsIn)
                && isOneOf(submitters, job.submitter())
                && isMeant(schedule, fire == null ? null : fire.schedule())
                && isMeant(group, job.terms().identity().group())
                && job.terms().identity().labels().entrySet().containsAll(labels.entrySet())
                && created.contains(job.createdAt());
    }

    /**
     * {@return the filter as text for users, for example {@code status failed or cancelled, type chat, label a=b}; {@code all} for every
     * job}
     */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        words(words, "status", state.statuses.stream().map(JobStatus::text));
        words(words, "reason", state.reasons.stream().map(Reason::text));
        words(words, "type", types.stream());
        words(words, "queue", queues.stream());
        words(words, "submitter", submitters.stream());
        new TreeMap<>(labels).forEach((label, value) -> word(words, "label", label + "=" + value));
        word(words, "since", created.since);
        word(words, "until", created.until);
        word(words, "error", state.error);
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

    private static <T> boolean isOneOf(Set<T> wanted, @Nullable T is) {
        return wanted.isEmpty() || is != null && wanted.contains(is);
    }

    private static boolean isMeant(@Nullable Object wanted, @Nullable Object is) {
        return wanted == null || wanted.equals(is);
    }

    private static <T> Set<T> set(T[] values) {
        return new LinkedHashSet<>(List.of(values));
    }

    private static Set<String> fewTexts(String what, Set<String> values) {
        values.forEach(value -> requireText(what, value));
        return few(what, values);
    }

    /** Returns the sorted values, so that the text of equal filters is equal. */
    private static <T extends Comparable<T>> Set<T> few(String what, Set<T> values) {
        if (values.size() > MAX_VALUES) {
            throw new ValidationException(
                    what, "too many values: " + what + " has " + values.size() + "; use at most " + MAX_VALUES);
        }
        return Collections.unmodifiableSet(new TreeSet<>(values));
    }

    private static void requireText(String what, @Nullable String value) {
        if (value != null && value.isEmpty()) {
            throw new ValidationException(what, "invalid " + what + " ''; set a value, or omit it to match all");
        }
    }
}
