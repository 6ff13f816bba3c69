// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Change of a job.
 *
 * @param json the complete JSON from the host
 */
public record RemoteChange(JsonNode json) {

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

    /**
     * Returns the status before the change.
     *
     * @return the status; empty for the admission
     */
    public Optional<String> from() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "from"));
    }

    /**
     * Returns the status after the change.
     *
     * @return for example {@code running}
     */
    public String to() {
        return JsonFields.text(json, "to");
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
     * Returns the reason in words.
     *
     * @return one line; may be empty
     */
    public String why() {
        return JsonFields.text(json, "why");
    }

    /**
     * Returns the position of the handler, for a change that ends a failed run.
     *
     * @return the stack trace
     */
    public Optional<String> stack() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "stack"));
    }
}
