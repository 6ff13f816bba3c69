// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Why a job does not run just now; or that it does, or how it ended.
 *
 * @param json all that the host says
 */
public record RemoteExplanation(JsonNode json) {

    /**
     * The job's status.
     *
     * @return such as {@code waiting}
     */
    public String status() {
        return JsonFields.text(json, "status");
    }

    /**
     * Since when and where it runs, or when and why it ended.
     *
     * @return a line; else empty
     */
    public String detail() {
        return JsonFields.text(json, "detail");
    }

    /**
     * All that keeps it from starting.
     *
     * @return each thing; empty if nothing does
     */
    public List<RemoteBlocker> blockedBy() {
        return JsonFields.list(json, "blockedBy", RemoteBlocker::new);
    }
}
