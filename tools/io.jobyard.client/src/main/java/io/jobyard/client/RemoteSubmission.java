// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A submitted job: it is stored.
 *
 * @param json all that the host says
 */
public record RemoteSubmission(JsonNode json) {

    /**
     * Names the job.
     *
     * @return its id
     */
    public String id() {
        return JsonFields.text(json, "id");
    }

    /**
     * The job's status then.
     *
     * @return such as {@code queued}
     */
    public String status() {
        return JsonFields.text(json, "status");
    }

    /**
     * Whether the job was there already, with the same key.
     *
     * @return whether nothing new was stored
     */
    public boolean duplicate() {
        return json.path("duplicate").asBoolean();
    }

    /**
     * Whether the job that had the key is now as it was asked for.
     *
     * @return whether it is
     */
    public boolean replaced() {
        return json.path("replaced").asBoolean();
    }

    /**
     * What its submitter should know, such as that no handler serves its type now.
     *
     * @return a line each; none if all is well
     */
    public List<String> warnings() {
        List<String> lines = new ArrayList<>();
        json.path("warnings").forEach(line -> lines.add(line.asText()));
        return List.copyOf(lines);
    }
}
