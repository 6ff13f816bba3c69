// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Request for a job. Immutable: each method returns a new request. The host chooses values that are not set.
 *
 * <pre>{@code
 * JobRequest.of("mail", new Mail("ann@example.org")).key("welcome-ann").priority(2).label("run", "night")
 * }</pre>
 */
public final class JobRequest {

    private final Map<String, Object> fields;

    private JobRequest(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Creates a request.
     *
     * @param type the job type
     * @param payload the payload: anything that Jackson converts to a JSON object, for example a record or a map
     * @return a request for the job
     */
    public static JobRequest of(String type, Object payload) {
        return new JobRequest(Map.of("type", type, "payload", payload));
    }

    /**
     * Creates a request from a complete specification, for example a line of a batch.
     *
     * @param specification the specification, with type and payload
     * @return a request for the job
     */
    public static JobRequest of(Map<String, ?> specification) {
        return new JobRequest(new LinkedHashMap<>(specification));
    }

    /**
     * Sets any other field of the specification. The reference of specifications lists the fields.
     *
     * @param field the name, for example {@code keyPolicy} or {@code handlerVersion}
     * @param value the value, which Jackson converts to JSON
     * @return the request with the field
     */
    public JobRequest with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new JobRequest(more);
    }

    /**
     * Names the job for others that are submitted together with it.
     *
     * @param name the name, which is not stored
     * @return the request with the name
     */
    public JobRequest name(String name) {
        return with("name", name);
    }

    /**
     * Sets the priority.
     *
     * @param level the priority; jobs with 1 start first
     * @return the request with the priority
     */
    public JobRequest priority(int level) {
        return with("priority", level);
    }

    /**
     * Sets the queue.
     *
     * @param queue the queue's name
     * @return the request with the queue
     */
    public JobRequest queue(String queue) {
        return with("queue", queue);
    }

    /**
     * Adds jobs that must complete first.
     *
     * @param jobs ids, or names of jobs that are submitted together
     * @return the request with these additional jobs
     */
    public JobRequest after(String... jobs) {
        List<Object> all = new ArrayList<>();
        if (fields.get("dependencies") instanceof List<?> before) {
            all.addAll(before);
        }
        all.addAll(List.of(jobs));
        return with("dependencies", List.copyOf(all));
    }

    /**
     * Limits the duration of each run.
     *
     * @param timeout the maximum duration
     * @return the request with the timeout
     */
    public JobRequest timeout(Duration timeout) {
        return with("timeout", timeout.toMillis() + "ms");
    }

    /**
     * Sets the maximum number of retries.
     *
     * @param retries 0 to 10
     * @return the request with the number
     */
    public JobRequest maxRetries(int retries) {
        return with("maxRetries", retries);
    }

    /**
     * Delays the start.
     *
     * @param instant the earliest start
     * @return the request with the start
     */
    public JobRequest notBefore(Instant instant) {
        return with("notBefore", instant.toString());
    }

    /**
     * Sets the time at which the job fails unless it has ended.
     *
     * @param instant the deadline, which also ends a run
     * @return the request with the deadline
     */
    public JobRequest deadline(Instant instant) {
        return with("deadline", instant.toString());
    }

    /**
     * Sets the key. While a job with a key is not finished, the host does not store another job of the submitter with
     * it.
     *
     * @param key the key, which all clients of the submitter share
     * @return the request with the key
     */
    public JobRequest key(String key) {
        return with("key", key);
    }

    /**
     * Adds a label.
     *
     * @param name the label's name
     * @param value the label's value
     * @return the request with this additional label
     */
    public JobRequest label(String name, String value) {
        Map<Object, Object> labels = new LinkedHashMap<>();
        if (fields.get("labels") instanceof Map<?, ?> before) {
            labels.putAll(before);
        }
        labels.put(name, value);
        return with("labels", labels);
    }

    /**
     * Adds the job to a group of the submitter.
     *
     * @param group the group's name
     * @return the request with the group
     */
    public JobRequest group(String group) {
        return with("group", group);
    }

    Map<String, Object> fields() {
        return fields;
    }
}
