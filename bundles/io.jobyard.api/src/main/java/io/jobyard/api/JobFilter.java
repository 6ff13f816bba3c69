// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are meant: for a list, for numbers, and for what is done to many. What is null or empty does not narrow.
 *
 * <p>All but the text of the error is found by an index, which lags what is committed by about a second at most ({@link JobPage#asOf}).
 *
 * @param status the status
 * @param reason the reason beside the status
 * @param type the type
 * @param queue the queue the jobs run or ran in; of those that are not started the one asked for, or where their type is routed now
 * @param submitter the submitter
 * @param labels labels that the jobs have, all of them, with these values
 * @param since created then or later
 * @param until created before
 * @param error what the first 2,000 characters of the error contain, as it is written
 * @param schedule the schedule that made the jobs
 * @param group the group that the jobs are of; several submitters may have one of the same name
 */
public record JobFilter(
        @Nullable JobStatus status,
        @Nullable Reason reason,
        @Nullable String type,
        @Nullable String queue,
        @Nullable String submitter,
        Map<String, String> labels,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String error,
        @Nullable String schedule,
        @Nullable String group) {

    /** Every job. */
    public static final JobFilter ALL =
            new JobFilter(null, null, null, null, null, Map.of(), null, null, null, null, null);

    /**
     * Checks the values.
     *
     * @param status the status
     * @param reason the reason beside the status
     * @param type the type
     * @param queue the queue the jobs run or ran in; of those that are not started the one asked for, or where their type is routed now
     * @param submitter the submitter
     * @param labels labels that the jobs have, all of them, with these values
     * @param since created then or later
     * @param until created before
     * @param error what the first 2,000 characters of the error contain, as it is written
     * @param schedule the schedule that made the jobs
     * @param group the group that the jobs are of; several submitters may have one of the same name
     * @throws ValidationException if a text is empty
     */
    public JobFilter {
        requireText("type", type);
        requireText("queue", queue);
        requireText("submitter", submitter);
        requireText("error", error);
        requireText("schedule", schedule);
        requireText("group", group);
        labels = Map.copyOf(labels);
    }

    /**
     * Narrows the filter.
     *
     * @param value the status
     * @return another filter
     */
    public JobFilter withStatus(JobStatus value) {
        return new JobFilter(value, reason, type, queue, submitter, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value the reason beside the status
     * @return another filter
     */
    public JobFilter withReason(Reason value) {
        return new JobFilter(status, value, type, queue, submitter, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value the type
     * @return another filter
     */
    public JobFilter withType(String value) {
        return new JobFilter(status, reason, value, queue, submitter, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value the queue the jobs run or ran in; of those that are not started the one asked for, or where their type is routed now
     * @return another filter
     */
    public JobFilter withQueue(String value) {
        return new JobFilter(status, reason, type, value, submitter, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value the submitter
     * @return another filter
     */
    public JobFilter withSubmitter(String value) {
        return new JobFilter(status, reason, type, queue, value, labels, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param label a label that the jobs have
     * @param value its value
     * @return another filter
     */
    public JobFilter withLabel(String label, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(label, value);
        return new JobFilter(status, reason, type, queue, submitter, all, since, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value created then or later
     * @return another filter
     */
    public JobFilter withSince(Instant value) {
        return new JobFilter(status, reason, type, queue, submitter, labels, value, until, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value created before
     * @return another filter
     */
    public JobFilter withUntil(Instant value) {
        return new JobFilter(status, reason, type, queue, submitter, labels, since, value, error, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value what the first 2,000 characters of the error contain, as it is written
     * @return another filter
     */
    public JobFilter withError(String value) {
        return new JobFilter(status, reason, type, queue, submitter, labels, since, until, value, schedule, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value the schedule that made the jobs
     * @return another filter
     */
    public JobFilter withSchedule(String value) {
        return new JobFilter(status, reason, type, queue, submitter, labels, since, until, error, value, group);
    }

    /**
     * Narrows the filter.
     *
     * @param value the group that the jobs are of
     * @return another filter
     */
    public JobFilter withGroup(String value) {
        return new JobFilter(status, reason, type, queue, submitter, labels, since, until, error, schedule, value);
    }

    /**
     * Whether a job is meant.
     *
     * @param job the job as it is
     * @param standsIn the queue that it stands in, runs in or ran in; null if that is not known
     * @return whether all parts of the filter hold of it
     */
    public boolean matches(Job job, @Nullable String standsIn) {
        Fire fire = job.terms().fire();
        return isMeant(status, job.status())
                && isMeant(reason, job.state().reason())
                && isMeant(type, job.type())
                && isMeant(queue, standsIn)
                && isMeant(submitter, job.submitter())
                && isMeant(schedule, fire == null ? null : fire.schedule())
                && isMeant(group, job.terms().group())
                && job.terms().labels().entrySet().containsAll(labels.entrySet())
                && isInTime(job.createdAt())
                && (error == null || contains(job.state().error(), error));
    }

    /**
     * For people.
     *
     * @return such as {@code status failed, type chat, label a=b}; {@code all} for every job
     */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        word(words, "status", status == null ? null : status.text());
        word(words, "reason", reason == null ? null : reason.text());
        word(words, "type", type);
        word(words, "queue", queue);
        word(words, "submitter", submitter);
        new TreeMap<>(labels).forEach((label, value) -> word(words, "label", label + "=" + value));
        word(words, "since", since);
        word(words, "until", until);
        word(words, "error", error);
        word(words, "schedule", schedule);
        word(words, "group", group);
        return words.isEmpty() ? "all" : String.join(", ", words);
    }

    private static void word(List<String> words, String what, @Nullable Object value) {
        if (value != null) {
            words.add(what + " " + value);
        }
    }

    private boolean isInTime(Instant created) {
        return (since == null || !created.isBefore(since)) && (until == null || created.isBefore(until));
    }

    private static boolean isMeant(@Nullable Object wanted, @Nullable Object is) {
        return wanted == null || wanted.equals(is);
    }

    private static boolean contains(@Nullable String text, String part) {
        return text != null && text.contains(part);
    }

    private static void requireText(String what, @Nullable String value) {
        if (value != null && value.isEmpty()) {
            throw new ValidationException(what + " '' names nothing; give one, or leave it out for all");
        }
    }
}
