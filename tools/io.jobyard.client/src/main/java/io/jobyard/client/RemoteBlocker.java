// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Blocker that keeps a job from starting.
 *
 * @param json the complete JSON from the host
 */
public record RemoteBlocker(JsonNode json) {

    /**
     * Returns the kind of the blocker.
     *
     * @return for example {@code dependencies}, {@code limit} or {@code paused}
     */
    public String gate() {
        return JsonFields.text(json, "gate");
    }

    /**
     * Returns a description of the blocker, with numbers.
     *
     * @return one line
     */
    public String detail() {
        return JsonFields.text(json, "detail");
    }

    /**
     * Returns when the blocker ends by itself.
     *
     * @return the time; empty if it is unknown
     */
    public Optional<Instant> until() {
        return Optional.ofNullable(JsonFields.instant(json, "until"));
    }
}
