// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's decision about a call.
 *
 * @param approved whether the call is allowed
 * @param reason reason of a rejection, for the model; null for none
 */
record CallApproval(boolean approved, @Nullable String reason) {

    static final String FORM = "{\"approved\": true} or {\"approved\": false, \"reason\": \"…\"}";

    /** Parses the value of a signal; empty if it is invalid. */
    static Optional<CallApproval> read(Object value) {
        if (value instanceof Map<?, ?> members
                && members.get("approved") instanceof Boolean approved
                && (members.get("reason") == null || members.get("reason") instanceof String)) {
            return Optional.of(new CallApproval(approved, (String) members.get("reason")));
        }
        return Optional.empty();
    }
}
