// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a call.
 *
 * @param approved whether it may be made
 * @param reason for the model, if it may not; null for none
 */
record CallApproval(boolean approved, @Nullable String reason) {

    static final String FORM = "{\"approved\": true} or {\"approved\": false, \"reason\": \"…\"}";

    /** Empty if the value of a signal is none. */
    static Optional<CallApproval> read(Object value) {
        if (value instanceof Map<?, ?> members
                && members.get("approved") instanceof Boolean approved
                && (members.get("reason") == null || members.get("reason") instanceof String)) {
            return Optional.of(new CallApproval(approved, (String) members.get("reason")));
        }
        return Optional.empty();
    }
}
