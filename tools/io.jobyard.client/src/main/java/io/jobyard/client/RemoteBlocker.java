// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that keeps a job from starting.
 *
 * @param json all that the host says
 */
public record RemoteBlocker(JsonNode json) {

    /**
     * What kind of thing it is.
     *
     * @return such as {@code dependencies}, {@code limit} or {@code paused}
     */
    public String gate() {
        return JsonFields.text(json, "gate");
    }

    /**
     * The same in words, with numbers.
     *
     * @return a line
     */
    public String detail() {
        return JsonFields.text(json, "detail");
    }

    /**
     * When it ends by itself.
     *
     * @return empty if that is not known
     */
    public Optional<Instant> until() {
        return Optional.ofNullable(JsonFields.instant(json, "until"));
    }
}
