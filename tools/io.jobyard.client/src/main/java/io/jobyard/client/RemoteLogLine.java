// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A line that a job's handler wrote.
 *
 * @param json all that the host says
 */
public record RemoteLogLine(JsonNode json) {

    /**
     * When it was written.
     *
     * @return the instant
     */
    public Instant at() {
        return Instant.parse(JsonFields.text(json, "at"));
    }

    /**
     * The run that wrote it.
     *
     * @return its number
     */
    public int run() {
        return json.path("run").asInt();
    }

    /**
     * What was written.
     *
     * @return the line
     */
    public String text() {
        return JsonFields.text(json, "text");
    }
}
