// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Snapshot of a job. In lists, it has no payload and result.
 *
 * @param json the complete JSON from the host
 */
public record RemoteJob(JsonNode json) {

    static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    /**
     * Returns the job's id.
     *
     * @return the id
     */
    public String id() {
        return JsonFields.text(json, "id");
    }

    /**
     * Returns the job's type.
     *
     * @return the type
     */
    public String type() {
        return JsonFields.text(json, "type");
    }

    /**
     * Returns the job's status.
     *
     * @return {@code waiting}, {@code queued}, {@code running}, {@code completed}, {@code failed} or {@code
     *     cancelled}
     */
    public String status() {
        return JsonFields.text(json, "status");
    }

    /**
     * Returns whether the job is finished. A finished job changes only if a user retries it.
     *
     * @return true if the job is finished
     */
    public boolean isFinished() {
        return FINAL.contains(status());
    }

    /**
     * Returns the reason, if the status alone does not show it.
     *
     * @return a word or two
     */
    public Optional<String> reason() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "reason"));
    }

    /**
     * Returns the job's priority.
     *
     * @return the priority; jobs with 1 start first
     */
    public int priority() {
        return json.path("priority").asInt();
    }

    /**
     * Returns the job's queue.
     *
     * @return the queue's name
     */
    public String queue() {
        return JsonFields.text(json, "queue");
    }

    /**
     * Returns the job's submitter.
     *
     * @return a user or a bundle
     */
    public String submitter() {
        return JsonFields.text(json, "submitter");
    }

    /**
     * Returns how many runs of the job were started.
     *
     * @return 0 before the first run
     */
    public int run() {
        return json.path("run").asInt();
    }

    /**
     * Returns when the job was admitted.
     *
     * @return the instant
     */
    public Instant createdAt() {
        return Instant.parse(JsonFields.text(json, "createdAt"));
    }

    /**
     * Returns when the latest run began.
     *
     * @return the instant; empty before the first run
     */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(JsonFields.instant(json, "startedAt"));
    }

    /**
     * Returns when the job ended.
     *
     * @return the instant; empty before the end
     */
    public Optional<Instant> completedAt() {
        return Optional.ofNullable(JsonFields.instant(json, "completedAt"));
    }

    /**
     * Returns the error of the latest run that did not complete.
     *
     * @return the error
     */
    public Optional<String> error() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "error"));
    }

    /**
     * Returns the submitter's labels.
     *
     * @return the values by name
     */
    public Map<String, String> labels() {
        return JsonFields.texts(json, "labels");
    }

    /**
     * Returns the key. While the job is not finished, its submitter has no other job with this key.
     *
     * @return the key
     */
    public Optional<String> key() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "key"));
    }

    /**
     * Returns the job's group of its submitter.
     *
     * @return the group's name
     */
    public Optional<String> group() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "group"));
    }

    /**
     * Returns the payload.
     *
     * @param type the class into which Jackson converts the payload
     * @param <T> the type of the payload
     * @return the payload; empty if the caller may not see it, or if the job is from a list
     * @throws JobyardClientException with code {@code wrong_type} if the payload cannot be converted
     */
    public <T> Optional<T> payload(Class<T> type) {
        return typed("payload", type);
    }

    /**
     * Returns the handler's result.
     *
     * @param type the class into which Jackson converts the result
     * @param <T> the type of the result
     * @return the result; empty if the job has none, if the caller may not see it, or if the job is from a list
     * @throws JobyardClientException with code {@code wrong_type} if the result cannot be converted
     */
    public <T> Optional<T> result(Class<T> type) {
        return typed("result", type);
    }

    /** Returns the result of a finished job. Throws an exception if there is none. */
    <T> T required(Class<T> type) {
        if (!status().equals("completed")) {
            throw JobyardClientException.own(
                    "job_" + status(),
                    "job " + id() + " " + status()
                            + error().map(error -> ": " + error).orElse(""),
                    null);
        }
        return result(type)
                .orElseThrow(() -> JobyardClientException.own(
                        "no_result", "job " + id() + " has no result, or none that the caller may see", null));
    }

    private <T> Optional<T> typed(String field, Class<T> type) {
        return json.hasNonNull(field) ? Optional.of(JsonFields.typed(json.get(field), type)) : Optional.empty();
    }
}
