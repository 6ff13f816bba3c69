// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Explanation of why a job is not running, where it is running, or how it ended.
 *
 * @param json the complete JSON from the host
 */
public record RemoteExplanation(JsonNode json) {

    /**
     * Returns the job's status.
     *
     * @return for example {@code waiting}
     */
    public String status() {
        return JsonFields.text(json, "status");
    }

    /**
     * Returns the start and host of a running job, or the end and reason of a finished job.
     *
     * @return one line; empty for other jobs
     */
    public String detail() {
        return JsonFields.text(json, "detail");
    }

    /**
     * Returns all blockers that keep the job from starting.
     *
     * @return the blockers; empty without blockers
     */
    public List<RemoteBlocker> blockedBy() {
        return JsonFields.list(json, "blockedBy", RemoteBlocker::new);
    }
}
