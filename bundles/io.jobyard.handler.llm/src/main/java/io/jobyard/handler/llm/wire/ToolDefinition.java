// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool that a model may ask for.
 *
 * @param name 1 to 64 of the characters {@code A-Z a-z 0-9 _ -}
 * @param parameters a JSON Schema of an object; null for any
 */
public record ToolDefinition(
        String name, @Nullable String description, @Nullable Map<String, Object> parameters) {

    /** Schema that models require; any object if the tool has no schema. */
    Map<String, Object> schema() {
        return parameters == null ? Map.of("type", "object") : parameters;
    }
}
