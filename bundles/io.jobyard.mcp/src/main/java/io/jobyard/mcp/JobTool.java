// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Job type that is offered as a tool.
 *
 * @param name the type, shortened if it exceeds the maximum length of tool names
 * @param description the purpose of its jobs
 * @param schema the JSON Schema of a payload, which is an object
 * @param effects the limits of its jobs' side effects, as declared by their handler
 * @param results the JSON Schema of a result, which is an object; null if the handler's bundle contains none
 */
record JobTool(
        String name,
        String type,
        String description,
        Map<String, Object> schema,
        Set<String> effects,
        @Nullable Map<String, Object> results) {

    static final int LONGEST_NAME = 128;

    /** Returns the tool name of a type. The suffix depends on the whole type, so that two types rarely share a shortened name. */
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
