// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list. What is null does not narrow.
 *
 * <p>The time of creation and the place in the list are found by an index; the other parts are looked for among those
 * jobs, the youngest first, until the limit is reached or the search has taken long enough ({@link JobPage#lookedBackTo}).
 *
 * @param status the status
 * @param type the type
 * @param queue the queue the jobs run or ran in; of those that are not started the one asked for, or where their type is routed now
 * @param submitter the submitter
 * @param labels labels that the jobs have, all of them, with these values
 * @param since created then or later
 * @param until created before
 * @param error what the first 2,000 characters of the error contain, as it is written
 * @param schedule the schedule that made the jobs
 * @param after only jobs that follow this one in the list: the last of the page before
 * @param limit how many at most, 1 to 10,000
 */
public record JobQuery(
        @Nullable JobStatus status,
        @Nullable String type,
        @Nullable String queue,
        @Nullable String submitter,
        Map<String, String> labels,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String error,
        @Nullable String schedule,
        @Nullable JobId after,
        int limit) {

    /** The largest limit. */
    public static final int MAX_LIMIT = 10_000;

    /**
     * Checks the values.
     *
     * @param status the status
     * @param type the type
     * @param queue the queue the jobs run or ran in; of those that are not started the one asked for, or where their type is routed now
     * @param submitter the submitter
     * @param labels labels that the jobs have, all of them, with these values
     * @param since created then or later
     * @param until created before
     * @param error what the first 2,000 characters of the error contain, as it is written
     * @param schedule the schedule that made the jobs
     * @param after only jobs that follow this one in the list: the last of the page before
     * @param limit how many at most, 1 to 10,000
     * @throws ValidationException if the limit is out of range, or a text is empty
     */
    public JobQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ValidationException("limit = " + limit + " is out of range; use 1 to " + MAX_LIMIT);
        }
        requireText("type", type);
        requireText("queue", queue);
        requireText("submitter", submitter);
        requireText("error", error);
        requireText("schedule", schedule);
        labels = Map.copyOf(labels);
    }

    /**
     * The youngest jobs of all.
     *
     * @param limit how many at most, 1 to 10,000
     * @return the query
     */
    public static JobQuery all(int limit) {
        return new JobQuery(null, null, null, null, Map.of(), null, null, null, null, null, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value the status
     * @return another query
     */
    public JobQuery withStatus(JobStatus value) {
        return new JobQuery(value, type, queue, submitter, labels, since, until, error, schedule, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value the type
     * @return another query
     */
    public JobQuery withType(String value) {
        return new JobQuery(status, value, queue, submitter, labels, since, until, error, schedule, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value the queue the jobs run or ran in; of those that are not started the one asked for, or where their type is routed now
     * @return another query
     */
    public JobQuery withQueue(String value) {
        return new JobQuery(status, type, value, submitter, labels, since, until, error, schedule, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value the submitter
     * @return another query
     */
    public JobQuery withSubmitter(String value) {
        return new JobQuery(status, type, queue, value, labels, since, until, error, schedule, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param label a label that the jobs have
     * @param value its value
     * @return another query
     */
    public JobQuery withLabel(String label, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(label, value);
        return new JobQuery(status, type, queue, submitter, all, since, until, error, schedule, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value created then or later
     * @return another query
     */
    public JobQuery withSince(Instant value) {
        return new JobQuery(status, type, queue, submitter, labels, value, until, error, schedule, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value created before
     * @return another query
     */
    public JobQuery withUntil(Instant value) {
        return new JobQuery(status, type, queue, submitter, labels, since, value, error, schedule, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value what the first 2,000 characters of the error contain, as it is written
     * @return another query
     */
    public JobQuery withError(String value) {
        return new JobQuery(status, type, queue, submitter, labels, since, until, value, schedule, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value the schedule that made the jobs
     * @return another query
     */
    public JobQuery withSchedule(String value) {
        return new JobQuery(status, type, queue, submitter, labels, since, until, error, value, after, limit);
    }

    /**
     * Narrows the query.
     *
     * @param value only jobs that follow this one in the list: the last of the page before
     * @return another query
     */
    public JobQuery withAfter(JobId value) {
        return new JobQuery(status, type, queue, submitter, labels, since, until, error, schedule, value, limit);
    }

    private static void requireText(String what, @Nullable String value) {
        if (value != null && value.isEmpty()) {
            throw new ValidationException(what + " '' names nothing; give one, or leave it out for all");
        }
    }
}
