// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.operations.api.AgentTool;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.Operations;
import io.jobyard.spi.access.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Operations that agents may call, as tools. Their results are the same JSON as in every interface. */
record OperationTools(Operations operations) {

    /** Tool that explains a job. Other results refer to it. */
    static final String EXPLAIN = "jobyard_explain_job";
    /** Tool that returns the result of a job. Other results refer to it. */
    static final String RESULT = "jobyard_job_result";

    Optional<Operation> find(String name) {
        return operations.all().stream()
                .filter(each -> each.tool() != null && each.tool().fullName().equals(name))
                .findFirst();
    }

    Stream<String> names() {
        return operations.all().stream()
                .map(Operation::tool)
                .filter(Objects::nonNull)
                .map(AgentTool::fullName);
    }

    List<Map<String, Object>> list() {
        return operations.all().stream()
                .filter(each -> each.tool() != null)
                .map(each -> json(each, each.tool()))
                .toList();
    }

    Map<String, Object> call(Operation operation, Caller caller, Map<String, Object> arguments) {
        return ToolResult.of(operation
                .answer(operations.call(operation, caller, new LinkedHashMap<>(arguments)))
                .json());
    }

    private static Map<String, Object> json(Operation operation, AgentTool tool) {
        Map<String, Object> properties = new LinkedHashMap<>();
        operation.inputs().forEach(input -> properties.put(input.name(), input.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required = operation.inputs().stream()
                .filter(Input::required)
                .map(Input::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", tool.fullName());
        json.put("title", tool.title());
        json.put("description", operation.summary());
        json.put("inputSchema", schema);
        json.put(
                "outputSchema",
                OutputSchema.ofAnswer(operation.answers().values().iterator().next()));
        json.put(
                "annotations",
                operation.reads()
                        ? ToolAnnotations.reads()
                        : ToolAnnotations.changes(tool.destroys(), tool.repeats(), tool.reachesOut()));
        return json;
    }
}
