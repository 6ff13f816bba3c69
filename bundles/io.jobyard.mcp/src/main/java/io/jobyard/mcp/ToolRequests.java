// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.spi.Caller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What all revisions ask of tools. */
record ToolRequests(McpServices services, ToolCalls calls) {

    /** Those of jobs in general, and then the job types. */
    List<Map<String, Object>> list(Caller caller, Map<String, ?> ofJobs) {
        List<Map<String, Object>> tools = new ArrayList<>();
        Arrays.stream(HostTool.values()).map(HostTool::json).forEach(tools::add);
        services.tools().tools(caller).forEach(tool -> tools.add(Values.joined(tool.json(), ofJobs)));
        return tools;
    }

    CallOutcome call(Caller caller, RpcRequest request, TaskUse use) throws InterruptedException {
        Object arguments = request.params().get("arguments");
        if (arguments != null && !(arguments instanceof Map<?, ?>)) {
            throw RpcFault.of(RpcFault.INVALID_PARAMS, "the parameter arguments is no object; give one, {} at least");
        }
        return calls.call(caller, request.text("name"), Values.object(arguments), use);
    }
}
