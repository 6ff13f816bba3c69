// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job type as a tool.
 *
 * @param name the type, cut if it is longer than a tool's name may be
 * @param description what its jobs do
 * @param schema what a payload must be: a JSON Schema for objects
 * @param effects what its jobs leave alone, as their handler says
 * @param results what their results are: a JSON Schema for objects; null if the handler's bundle brings none
 */
record JobTool(
        String name,
        String type,
        String description,
        Map<String, Object> schema,
        Set<String> effects,
        @Nullable Map<String, Object> results) {

    static final int LONGEST_NAME = 128;

    /** No two types of one cut name are likely: the end of it stands for the whole. */
    static String name(String type) {
        return type.length() <= LONGEST_NAME
                ? type
                : type.substring(0, LONGEST_NAME - Integer.BYTES * 2 - 1) + "_" + "%08x".formatted(type.hashCode());
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("title", type);
        json.put("description", description.isEmpty() ? "Submits a job of type " + type + "." : description);
        json.put("inputSchema", schema);
        if (results != null) {
            json.put("outputSchema", OutputSchema.ofResults(results));
        }
        if (!effects.isEmpty()) {
            json.put("annotations", ToolAnnotations.of(effects));
        }
        return json;
    }
}
