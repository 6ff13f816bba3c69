// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a tool's call. A step stores it.
 *
 * @param result the tool's result; null if it failed
 * @param error the error for the model, which can then correct the call; null if it did not fail
 */
record ToolOutcome(
        @Nullable Map<String, Object> result, @Nullable String error) {

    static ToolOutcome gave(Map<String, Object> result) {
        return new ToolOutcome(result, null);
    }

    static ToolOutcome failed(String error) {
        return new ToolOutcome(null, error);
    }

    boolean good() {
        return error == null;
    }

    /** Returns the outcome as text for the model. */
    Map<String, Object> told() {
        return error == null && result != null ? result : Map.of("error", String.valueOf(error));
    }
}
