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
 * Notifications that a client requests.
 *
 * @param tools whether to report changes of the tool list
 * @param tasks the jobs whose changes to report; the client may see all of them
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
            // the acknowledgement omits this id: the job is unknown or not visible to this caller
        }
    }

    /** Returns the accepted notifications. */
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
