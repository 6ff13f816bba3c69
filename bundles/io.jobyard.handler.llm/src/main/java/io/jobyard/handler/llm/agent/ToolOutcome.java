// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a tool's call. A step stores it.
 *
 * @param result what the tool gave; null if it failed
 * @param error what is told to the model, so that it can mend it; null if it did not fail
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

    /** For the model. */
    Map<String, Object> told() {
        return error == null && result != null ? result : Map.of("error", String.valueOf(error));
    }
}
