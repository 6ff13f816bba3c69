// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of one job, among those of all.
 *
 * @param cursor its place among all events: what to give {@link JobyardClient#events} to go on behind it
 * @param json all that the host says
 */
public record RemoteEvent(String cursor, JsonNode json) {

    /**
     * Which job has changed.
     *
     * @return its id
     */
    public String job() {
        return JsonFields.text(json, "id");
    }

    /**
     * The job's type.
     *
     * @return the type
     */
    public String type() {
        return JsonFields.text(json, "type");
    }

    /**
     * Who asked for the job.
     *
     * @return a user or a bundle
     */
    public String submitter() {
        return JsonFields.text(json, "submitter");
    }

    /**
     * The queue that the job was in then: the one it ran in or asked for, else the one that its type was routed to.
     *
     * @return empty if the host did not know the route yet
     */
    public Optional<String> queue() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "queue"));
    }

    /**
     * The job's status after the change.
     *
     * @return such as {@code running}
     */
    public String status() {
        return JsonFields.text(json, "status");
    }

    /**
     * The status before.
     *
     * @return empty for the admission
     */
    public Optional<String> from() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "from"));
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
     * The run number after the change.
     *
     * @return 0 before the first run
     */
    public int run() {
        return json.path("run").asInt();
    }

    /**
     * When it was.
     *
     * @return the instant
     */
    public Instant at() {
        return Instant.parse(JsonFields.text(json, "at"));
    }

    /**
     * Who caused it.
     *
     * @return a user, a bundle, or {@code jobyard} for the host itself
     */
    public String who() {
        return JsonFields.text(json, "who");
    }
}
