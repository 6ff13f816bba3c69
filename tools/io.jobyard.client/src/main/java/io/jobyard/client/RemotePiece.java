// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A piece of the text that a job's handler emits.
 *
 * @param json all that the host says
 */
public record RemotePiece(JsonNode json) {

    /**
     * Its place in the job's stream.
     *
     * @return from 1, over all runs
     */
    public long position() {
        return json.path("position").asLong();
    }

    /**
     * The run that emitted it.
     *
     * @return its number
     */
    public int run() {
        return json.path("run").asInt();
    }

    /**
     * When it was emitted.
     *
     * @return the instant
     */
    public Instant at() {
        return Instant.parse(JsonFields.text(json, "at"));
    }

    /**
     * The text as it was emitted.
     *
     * @return the text
     */
    public String text() {
        return JsonFields.text(json, "text");
    }
}
