// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Submitted job, which is stored.
 *
 * @param json the complete JSON from the host
 */
public record RemoteSubmission(JsonNode json) {

    /**
     * Returns the job's id.
     *
     * @return the id
     */
    public String id() {
        return JsonFields.text(json, "id");
    }

    /**
     * Returns the job's status at the submit.
     *
     * @return for example {@code queued}
     */
    public String status() {
        return JsonFields.text(json, "status");
    }

    /**
     * Returns whether a job with the same key already existed.
     *
     * @return true if no new job was stored
     */
    public boolean duplicate() {
        return json.path("duplicate").asBoolean();
    }

    /**
     * Returns whether the existing job with the key was changed as requested.
     *
     * @return true if the job was changed
     */
    public boolean replaced() {
        return json.path("replaced").asBoolean();
    }

    /**
     * Returns warnings for the submitter, for example that no handler serves the job's type now.
     *
     * @return one line each; empty without warnings
     */
    public List<String> warnings() {
        List<String> lines = new ArrayList<>();
        json.path("warnings").forEach(line -> lines.add(line.asText()));
        return List.copyOf(lines);
    }
}
