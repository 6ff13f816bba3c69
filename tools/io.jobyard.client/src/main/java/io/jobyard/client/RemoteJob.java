// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A job as it was when the host was asked. Lists leave payload and result out.
 *
 * @param json all that the host says
 */
public record RemoteJob(JsonNode json) {

    static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    /**
     * Names the job.
     *
     * @return its id
     */
    public String id() {
        return JsonFields.text(json, "id");
    }

    /**
     * Names the handler it needs.
     *
     * @return the type
     */
    public String type() {
        return JsonFields.text(json, "type");
    }

    /**
     * How it stands.
     *
     * @return {@code waiting}, {@code queued}, {@code running}, {@code completed}, {@code failed} or {@code cancelled}
     */
    public String status() {
        return JsonFields.text(json, "status");
    }

    /**
     * Whether it has ended, and changes no more unless somebody retries it.
     *
     * @return whether it has
     */
    public boolean isFinished() {
        return FINAL.contains(status());
    }

    /**
     * Why, where the status alone does not say.
     *
     * @return a word or two
     */
    public Optional<String> reason() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "reason"));
    }

    /**
     * Its level.
     *
     * @return 1 first
     */
    public int priority() {
        return json.path("priority").asInt();
    }

    /**
     * The queue it stands in.
     *
     * @return the queue's name
     */
    public String queue() {
        return JsonFields.text(json, "queue");
    }

    /**
     * Who asked for it.
     *
     * @return a user or a bundle
     */
    public String submitter() {
        return JsonFields.text(json, "submitter");
    }

    /**
     * How often its handler was started.
     *
     * @return 0 before the first run
     */
    public int run() {
        return json.path("run").asInt();
    }

    /**
     * When it was admitted.
     *
     * @return the instant
     */
    public Instant createdAt() {
        return Instant.parse(JsonFields.text(json, "createdAt"));
    }

    /**
     * When the latest run began.
     *
     * @return empty before the first
     */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(JsonFields.instant(json, "startedAt"));
    }

    /**
     * When it ended.
     *
     * @return empty before that
     */
    public Optional<Instant> completedAt() {
        return Optional.ofNullable(JsonFields.instant(json, "completedAt"));
    }

    /**
     * What went wrong in the latest run that did not complete.
     *
     * @return the error
     */
    public Optional<String> error() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "error"));
    }

    /**
     * The submitter's own marks.
     *
     * @return the value of each
     */
    public Map<String, String> labels() {
        return JsonFields.texts(json, "labels");
    }

    /**
     * While it is not over, its submitter has no second job with this key.
     *
     * @return the key
     */
    public Optional<String> key() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "key"));
    }

    /**
     * The group of its submitter that it is one of.
     *
     * @return the group's name
     */
    public Optional<String> group() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "group"));
    }

    /**
     * What it was submitted with.
     *
     * @param type the class of which Jackson makes it
     * @param <T> the same
     * @return the payload; empty if the caller may not see it, or if the job is of a list
     * @throws JobyardClientException with code {@code wrong_type} if it is nothing of that type
     */
    public <T> Optional<T> payload(Class<T> type) {
        return typed("payload", type);
    }

    /**
     * What its handler returned.
     *
     * @param type the class of which Jackson makes it
     * @param <T> the same
     * @return the result; empty if there is none, if the caller may not see it, or if the job is of a list
     * @throws JobyardClientException with code {@code wrong_type} if it is nothing of that type
     */
    public <T> Optional<T> result(Class<T> type) {
        return typed("result", type);
    }

    private <T> Optional<T> typed(String field, Class<T> type) {
        return json.hasNonNull(field) ? Optional.of(JsonFields.typed(json.get(field), type)) : Optional.empty();
    }
}
