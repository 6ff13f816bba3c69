// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Revision 2026-07-28, in which each request contains all information about its client, with the extension for tasks. */
final class StatelessRevision implements Revision {

    static final String VERSION = "2026-07-28";

    private static final String TYPE = "resultType";
    private static final String COMPLETE = "complete";
    private static final String META = "_meta";

    private final ToolRequests tools;
    private final Instructions server;

    StatelessRevision(ToolRequests tools, Instructions server) {
        this.tools = tools;
        this.server = server;
    }

    @Override
    public CompletableFuture<Map<String, @Nullable Object>> answer(
            Caller caller, RpcRequest request, ReplyChannel channel) {
        ClientClaims client = ClientClaims.of(request);
        client.requireVersion(VERSION);
        return request.method().equals("tools/call")
                ? call(caller, request, client, channel)
                : CompletableFuture.completedFuture(now(caller, request, client));
    }

    private Map<String, @Nullable Object> now(Caller caller, RpcRequest request, ClientClaims client) {
        return switch (request.method()) {
            case "server/discover" ->
                cacheable(Map.of(
                        "supportedVersions",
                        List.of(VERSION),
                        "capabilities",
                        Map.of(
                                "tools",
                                Map.of("listChanged", true),
                                "extensions",
                                Map.of(ClientClaims.TASKS, Map.of())),
                        "instructions",
                        Instructions.TEXT));
            case "tools/list" -> cacheable(Map.of("tools", tools.list(caller, Map.of())));
            case "tasks/get" -> {
                Job job = job(caller, request, client);
                yield complete(tools.task(caller, job, client.canAsk()));
            }
            case "tasks/update" -> update(caller, request, job(caller, request, client));
            case "tasks/cancel" -> cancel(caller, id(request, client));
            default -> throw RpcFault.unknownMethod(request.method());
        };
    }

    private CompletableFuture<Map<String, @Nullable Object>> call(
            Caller caller, RpcRequest request, ClientClaims client, ReplyChannel channel) {
        TaskUse use = client.hasTasks() ? TaskUse.IF_LONG : TaskUse.NEVER;
        return tools.calls()
                .call(caller, McpToolCall.of(request, use, channel))
                .thenApply(outcome -> outcome instanceof CallOutcome.Task task
                        ? result("task", TaskView.task(task.job(), reporter(caller)))
                        : complete(((CallOutcome.DoneCall) outcome).result()));
    }

    /** Subscribes the client to notifications. */
    Subscription listen(Caller caller, RpcRequest request) {
        ClientClaims client = ClientClaims.of(request);
        client.requireVersion(VERSION);
        StatusReporter reporter = reporter(caller);
        return new Subscription(
                request.id(),
                ListenRequest.of(request, client, reporter),
                new Subscription.Questions(
                        () -> tools.services().tools().told(caller),
                        job -> tools.task(caller, reporter.status(job), client.canAsk())));
    }

    private Job job(Caller caller, RpcRequest request, ClientClaims client) {
        return reporter(caller).status(id(request, client));
    }

    private static JobId id(RpcRequest request, ClientClaims client) {
        client.requireTasks();
        return JobId.of(request.text("taskId"));
    }

    /** Sends the inputs of a task to its job. Ignores inputs that nothing waits for, for example repeated answers. */
    private Map<String, @Nullable Object> update(Caller caller, RpcRequest request, Job job) {
        Map<String, Object> responses = Values.object(request.params().get("inputResponses"));
        JobManager jobs = tools.services().jobs().of(caller);
        TaskView.signalStep(job, reporter(caller))
                .filter(step -> responses.containsKey(step.name()))
                .ifPresent(step -> SignalInput.answer(jobs, job, step, responses.get(step.name())));
        return complete(Map.of());
    }

    private Map<String, @Nullable Object> cancel(Caller caller, JobId id) {
        try {
            tools.services().jobs().of(caller).cancel(id);
            return complete(Map.of());
        } catch (StateConflictException e) {
            return complete(Map.of()); // the job has finished: the client sees the result at its next look
        }
    }

    private StatusReporter reporter(Caller caller) {
        return tools.services().reporters().of(caller);
    }

    /** Marks a result as not cacheable: it may differ for each request and each caller. */
    private Map<String, @Nullable Object> cacheable(Map<String, ?> result) {
        return complete(Values.joined(result, Map.of("ttlMs", 0, "cacheScope", "private")));
    }

    private Map<String, @Nullable Object> complete(Map<String, ? extends @Nullable Object> result) {
        return result(COMPLETE, result);
    }

    private Map<String, @Nullable Object> result(String type, Map<String, ? extends @Nullable Object> result) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put(TYPE, type);
        all.putAll(result);
        all.put(
                META,
                Values.joined(
                        Values.object(result.get(META)),
                        Map.of("io.modelcontextprotocol/serverInfo", server.server())));
        return all;
    }
}
