// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tool that a model may request.
 *
 * @param name name of the tool, 1 to 64 of the characters {@code A-Z a-z 0-9 _ -}
 * @param parameters JSON Schema of an object; null for any object
 */
public record ToolDefinition(
        String name, @Nullable String description, @Nullable Map<String, Object> parameters) {

    /** Returns the schema in the form that models require: a schema for any object if the tool has none. */
    Map<String, Object> schema() {
        return parameters == null ? Map.of("type", "object") : parameters;
    }
}
