// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StatusReporter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client wants to be told of, of what there is to be told.
 *
 * @param tools whether its list of tools has changed
 * @param tasks what becomes of these jobs, all of which it may see
 */
record ListenRequest(boolean tools, Set<JobId> tasks) {

    private static final String TOOLS = "toolsListChanged";
    private static final String TASKS = "taskIds";
    private static final int MOST_TASKS = 100;

    static ListenRequest of(RpcRequest request, ClientClaims client, StatusReporter reporter) {
        Map<String, Object> wanted = Values.object(request.params().get("notifications"));
        Set<JobId> tasks = new LinkedHashSet<>();
        if (wanted.get(TASKS) instanceof List<?> ids && !ids.isEmpty()) {
            client.requireTasks();
            ids.stream().limit(MOST_TASKS).map(String::valueOf).forEach(id -> add(tasks, id, reporter));
        }
        return new ListenRequest(Boolean.TRUE.equals(wanted.get(TOOLS)), tasks);
    }

    private static void add(Set<JobId> tasks, String id, StatusReporter reporter) {
        try {
            tasks.add(reporter.status(JobId.of(id)).id());
        } catch (JobyardException e) {
            // what is left out of the answer is not told: it is none, or not for this caller
        }
    }

    /** What it will be told. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (tools) {
            json.put(TOOLS, true);
        }
        if (!tasks.isEmpty()) {
            json.put(TASKS, tasks.stream().map(JobId::toString).toList());
        }
        return json;
    }
}
