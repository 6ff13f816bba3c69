// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.api.LlmTool;
import io.jobyard.handler.llm.api.ToolParameters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** Adds two numbers, or does what a test says. */
final class AddTool implements LlmTool {

    final List<String> calls = new CopyOnWriteArrayList<>();
    /** Throws in the place of the tool. */
    Callable<Map<String, Object>> before = Map::of;

    @Override
    public String description() {
        return "Adds two numbers.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
                  "required": ["a", "b"],
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public Map<String, Object> call(ToolParameters parameters, JobContext context) throws Exception {
        int a = parameters.integer("a", 0, 1_000);
        int b = parameters.integer("b", 0, 1_000);
        calls.add(a + "+" + b);
        Map<String, Object> other = before.call();
        return other.isEmpty() ? Map.of("sum", a + b) : other;
    }
}
