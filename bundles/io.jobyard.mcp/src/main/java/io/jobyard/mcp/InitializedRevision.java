// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Revisions 2025-11-25 and 2025-06-18, which begin with a handshake. The server keeps no session for a client. */
final class InitializedRevision implements Revision {

    static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18");

    private static final String NEWEST = VERSIONS.get(0);
    private static final String OLDEST = VERSIONS.get(VERSIONS.size() - 1);

    private final ToolRequests tools;
    private final Instructions server;

    InitializedRevision(ToolRequests tools, Instructions server) {
        this.tools = tools;
        this.server = server;
    }

    @Override
    public CompletableFuture<Map<String, @Nullable Object>> answer(
            Caller caller, RpcRequest request, ReplyChannel channel) {
        return switch (request.method()) {
            case "tools/call" -> call(caller, request, channel);
            case "tasks/result" -> result(caller, request);
            default -> CompletableFuture.completedFuture(now(caller, request, channel));
        };
    }

    private Map<String, @Nullable Object> now(Caller caller, RpcRequest request, ReplyChannel channel) {
        return switch (request.method()) {
            case "initialize" -> initialize(request, channel.staysOpen());
            case "ping" -> Map.of();
            case "tools/list" ->
                Map.of("tools", tools.list(caller, Map.of("execution", Map.of("taskSupport", "optional"))));
            case "tasks/get" -> TaskView.old(job(caller, request), reporter(caller));
            case "tasks/cancel" -> cancel(caller, request);
            default -> throw RpcFault.unknownMethod(request.method());
        };
    }

    private Map<String, @Nullable Object> initialize(RpcRequest request, boolean tellsOfTools) {
        String version = offered(request.text("protocolVersion"));
        Map<String, Object> capabilities = new LinkedHashMap<>(Map.of("tools", Map.of("listChanged", tellsOfTools)));
        if (version.equals(NEWEST)) {
            capabilities.put(
                    "tasks", Map.of("cancel", Map.of(), "requests", Map.of("tools", Map.of("call", Map.of()))));
        }
        return Map.of(
                "protocolVersion",
                version,
                "capabilities",
                capabilities,
                "serverInfo",
                server.server(),
                "instructions",
                Instructions.TEXT);
    }

    /** Returns the requested revision, or the nearest supported revision. Revisions are dates. */
    private static String offered(String asked) {
        if (asked.compareTo(OLDEST) < 0) {
            return OLDEST;
        }
        return VERSIONS.contains(asked) ? asked : NEWEST;
    }

    private CompletableFuture<Map<String, @Nullable Object>> call(
            Caller caller, RpcRequest request, ReplyChannel channel) {
        boolean asTask = request.params().get("task") instanceof Map<?, ?>;
        TaskUse use = asTask ? TaskUse.AT_ONCE : TaskUse.NEVER;
        return tools.calls()
                .call(caller, McpToolCall.of(request, use, channel))
                .thenApply(outcome -> outcome instanceof CallOutcome.Task task
                        ? Map.of("task", TaskView.old(task.job(), reporter(caller)))
                        : Values.joined(((CallOutcome.DoneCall) outcome).result(), Map.of()));
    }

    private CompletableFuture<Map<String, @Nullable Object>> result(Caller caller, RpcRequest request) {
        return tools.calls().awaitEnd(caller, job(caller, request).id()).thenApply(job -> result(caller, job));
    }

    private Map<String, @Nullable Object> result(Caller caller, Job job) {
        if (!job.status().isFinished()) {
            throw RpcFault.of(
                    ErrorCode.STATE_CONFLICT,
                    "task " + job.id() + " has no result yet: "
                            + TaskView.why(reporter(caller).explain(job.id()))
                            + "; call tasks/get until it has ended, then try again");
        }
        Map<String, Object> result = tools.result(caller, job);
        result.put(
                "_meta",
                Values.joined(
                        Values.object(result.get("_meta")),
                        Map.of(
                                "io.modelcontextprotocol/related-task",
                                Map.of("taskId", job.id().toString()))));
        return Values.joined(result, Map.of());
    }

    /** Cancels a job. A running job becomes cancelled slightly after the answer. */
    private Map<String, @Nullable Object> cancel(Caller caller, RpcRequest request) {
        return TaskView.cancelled(tools.services().jobs().of(caller).cancel(id(request)));
    }

    private Job job(Caller caller, RpcRequest request) {
        return reporter(caller).status(id(request));
    }

    private static JobId id(RpcRequest request) {
        return JobId.of(request.text("taskId"));
    }

    private StatusReporter reporter(Caller caller) {
        return tools.services().reporters().of(caller);
    }
}
