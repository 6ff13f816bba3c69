// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Change of one job in the feed of all jobs.
 *
 * @param cursor the event's position; pass it to {@link JobyardClient#events} to continue after the event
 * @param json the complete JSON from the host
 */
public record RemoteEvent(String cursor, JsonNode json) {

    /**
     * Returns the id of the changed job.
     *
     * @return the job's id
     */
    public String job() {
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
     * Returns the job's submitter.
     *
     * @return a user or a bundle
     */
    public String submitter() {
        return JsonFields.text(json, "submitter");
    }

    /**
     * Returns the job's queue at that time: the queue of its run or its request, otherwise the queue of its type's
     * route.
     *
     * @return the queue; empty if the host did not know the route yet
     */
    public Optional<String> queue() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "queue"));
    }

    /**
     * Returns the job's status after the change.
     *
     * @return for example {@code running}
     */
    public String status() {
        return JsonFields.text(json, "status");
    }

    /**
     * Returns the status before the change.
     *
     * @return the status; empty for the admission
     */
    public Optional<String> from() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "from"));
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
     * Returns the run number after the change.
     *
     * @return 0 before the first run
     */
    public int run() {
        return json.path("run").asInt();
    }

    /**
     * Returns the time of the change.
     *
     * @return the instant
     */
    public Instant at() {
        return Instant.parse(JsonFields.text(json, "at"));
    }

    /**
     * Returns the user or program that caused the change.
     *
     * @return a user, a bundle, or {@code jobyard} for the host itself
     */
    public String who() {
        return JsonFields.text(json, "who");
    }
}
