// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One change in a job's life.
 *
 * @param json all that the host says
 */
public record RemoteChange(JsonNode json) {

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

    /**
     * The status before.
     *
     * @return empty for the admission
     */
    public Optional<String> from() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "from"));
    }

    /**
     * The status after.
     *
     * @return such as {@code running}
     */
    public String to() {
        return JsonFields.text(json, "to");
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
     * Why, in words.
     *
     * @return a line; may be empty
     */
    public String why() {
        return JsonFields.text(json, "why");
    }

    /**
     * Where the handler was, of a change that ends a failed run.
     *
     * @return the stack trace
     */
    public Optional<String> stack() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "stack"));
    }
}
