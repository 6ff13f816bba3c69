// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Piece of the text that a job's handler emits.
 *
 * @param json the complete JSON from the host
 */
public record RemotePiece(JsonNode json) {

    /**
     * Returns the position in the job's stream.
     *
     * @return the position, from 1, over all runs
     */
    public long position() {
        return json.path("position").asLong();
    }

    /**
     * Returns the run that emitted the piece.
     *
     * @return the run's number
     */
    public int run() {
        return json.path("run").asInt();
    }

    /**
     * Returns when the piece was emitted.
     *
     * @return the instant
     */
    public Instant at() {
        return Instant.parse(JsonFields.text(json, "at"));
    }

    /**
     * Returns the emitted text.
     *
     * @return the text
     */
    public String text() {
        return JsonFields.text(json, "text");
    }
}
