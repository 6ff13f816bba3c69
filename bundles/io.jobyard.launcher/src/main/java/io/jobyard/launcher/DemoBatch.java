// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of the demo's batch for {@code job:submit --batch}. */
final class DemoBatch {

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<String> names = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();

    void add(String page, String text) throws JsonProcessingException {
        tool(page, "outline_markdown", Map.of("text", text));
        tool(page, "chunk_text", Map.of("text", text, "max_tokens", 256, "overlap_tokens", 32));
        job(
                page,
                "summary",
                "summarize_documents",
                Map.of("model", DemoModel.NAME, "texts", List.of(Map.of("name", page, "text", text))));
    }

    /** Returns all lines, including the job that depends on all others. */
    String lines() throws JsonProcessingException {
        line(Map.of("type", "total", "payload", Map.of(), "dependencies", names));
        return lines.toString();
    }

    private void tool(String page, String tool, Map<String, Object> parameters) throws JsonProcessingException {
        job(page, tool, "llm_internal_tool", Map.of("tool_name", tool, "parameters", parameters));
    }

    private void job(String page, String what, String type, Map<String, Object> payload)
            throws JsonProcessingException {
        String name = what + " " + page;
        names.add(name);
        line(Map.of("name", name, "type", type, "payload", payload, "labels", Map.of("page", page)));
    }

    private void line(Map<String, Object> job) throws JsonProcessingException {
        lines.append(mapper.writeValueAsString(job)).append('\n');
    }
}
