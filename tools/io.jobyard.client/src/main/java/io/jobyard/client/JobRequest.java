// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job is to be. Immutable: each method returns another one. What is left out the host decides.
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
     * A job.
     *
     * @param type names the handler it needs
     * @param payload what the handler gets: anything of which Jackson makes a JSON object, such as a record or a map
     * @return a request for it
     */
    public static JobRequest of(String type, Object payload) {
        return new JobRequest(Map.of("type", type, "payload", payload));
    }

    /**
     * A whole specification, such as a line of a batch.
     *
     * @param specification what it says, with type and payload
     * @return a request for such a job
     */
    public static JobRequest of(Map<String, ?> specification) {
        return new JobRequest(new LinkedHashMap<>(specification));
    }

    /**
     * Says anything else that a specification may say, as the reference of specifications has it.
     *
     * @param field such as {@code keyPolicy} or {@code handlerVersion}
     * @param value of which Jackson makes the JSON
     * @return the request with it
     */
    public JobRequest with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new JobRequest(more);
    }

    /**
     * Names it among the jobs that are submitted together.
     *
     * @param name not stored
     * @return the request with it
     */
    public JobRequest name(String name) {
        return with("name", name);
    }

    /**
     * Says how urgent it is.
     *
     * @param level 1 first
     * @return the request with it
     */
    public JobRequest priority(int level) {
        return with("priority", level);
    }

    /**
     * Says where it stands.
     *
     * @param queue the queue's name
     * @return the request with it
     */
    public JobRequest queue(String queue) {
        return with("queue", queue);
    }

    /**
     * Names jobs that must complete first.
     *
     * @param jobs ids, or names among the jobs that are submitted together
     * @return the request with these beside those that it has
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
     * Limits each run.
     *
     * @param timeout how long one may take
     * @return the request with it
     */
    public JobRequest timeout(Duration timeout) {
        return with("timeout", timeout.toMillis() + "ms");
    }

    /**
     * Says how often it is tried again.
     *
     * @param retries 0 to 10
     * @return the request with it
     */
    public JobRequest maxRetries(int retries) {
        return with("maxRetries", retries);
    }

    /**
     * Has it start later.
     *
     * @param instant not to start before
     * @return the request with it
     */
    public JobRequest notBefore(Instant instant) {
        return with("notBefore", instant.toString());
    }

    /**
     * Has it fail unless it has ended by then.
     *
     * @param instant a run is cut then
     * @return the request with it
     */
    public JobRequest deadline(Instant instant) {
        return with("deadline", instant.toString());
    }

    /**
     * Gives it a name of the submitter's own. While a job with that key is not over, no second one is stored.
     *
     * @param key for as long as the job is not over, also for other clients
     * @return the request with it
     */
    public JobRequest key(String key) {
        return with("key", key);
    }

    /**
     * Marks it.
     *
     * @param name of the label
     * @param value of the label
     * @return the request with this label beside those that it has
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
     * Makes it one of a group of the submitter.
     *
     * @param group the group's name
     * @return the request with it
     */
    public JobRequest group(String group) {
        return with("group", group);
    }

    Map<String, Object> fields() {
        return fields;
    }
}
