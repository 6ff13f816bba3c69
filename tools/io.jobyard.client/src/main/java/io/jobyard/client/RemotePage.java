// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Page of a job list.
 *
 * @param json the complete JSON from the host
 */
public record RemotePage(JsonNode json) {

    /**
     * Returns the jobs of the page, without payloads and results.
     *
     * @return the jobs in the order of the query; may be empty before the last page
     */
    public List<RemoteJob> jobs() {
        return JsonFields.list(json, "jobs", RemoteJob::new);
    }

    /**
     * Returns the cursor of the next page.
     *
     * @return the value for {@link RemoteQuery#after}; empty on the last page
     */
    public Optional<String> next() {
        return Optional.ofNullable(JsonFields.textOrNull(json, "next"));
    }
}
