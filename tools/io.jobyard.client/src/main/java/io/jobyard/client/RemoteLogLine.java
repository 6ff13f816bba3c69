// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Log line of a job's handler.
 *
 * @param json the complete JSON from the host
 */
public record RemoteLogLine(JsonNode json) {

    /**
     * Returns when the line was written.
     *
     * @return the instant
     */
    public Instant at() {
        return Instant.parse(JsonFields.text(json, "at"));
    }

    /**
     * Returns the run that wrote the line.
     *
     * @return the run's number
     */
    public int run() {
        return json.path("run").asInt();
    }

    /**
     * Returns the text of the line.
     *
     * @return the text
     */
    public String text() {
        return JsonFields.text(json, "text");
    }
}
