// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import io.jobyard.spi.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tool requests that all revisions share. */
record ToolRequests(McpServices services, ToolInvoker calls) {

    /** Returns the tools of operations, and then of job types. */
    List<Map<String, Object>> list(Caller caller, Map<String, ?> ofJobs) {
        List<Map<String, Object>> tools =
                new ArrayList<>(services.tools().operations().list());
        services.tools().tools(caller).forEach(tool -> tools.add(Values.joined(tool.json(), ofJobs)));
        return tools;
    }

    /** Returns the result of a finished job. */
    Map<String, Object> result(Caller caller, Job job) {
        boolean hasSchema = services.tools().hasResultSchema(job.type());
        return ToolResult.of(services.reporters().of(caller).result(job.id()), hasSchema);
    }

    /** Returns a task as of 2026-07-28. */
    Map<String, @Nullable Object> task(Caller caller, Job job, boolean canAsk) {
        return TaskView.whole(job, services.reporters().of(caller), canAsk, () -> result(caller, job));
    }
}
