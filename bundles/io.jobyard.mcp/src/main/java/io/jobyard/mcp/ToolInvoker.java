// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StatusReporter;
import io.jobyard.operations.api.Operation;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.Fingerprint;
import io.jobyard.views.api.RequestFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Calls tools: submits a job and waits for it for a while, or calls an operation. */
final class ToolInvoker {

    private final McpServices services;
    private final Supplier<McpSettings> settings;

    ToolInvoker(McpServices services, Supplier<McpSettings> settings) {
        this.services = services;
        this.settings = settings;
    }

    /** Calls a tool. Invalid arguments and missing permissions become an error that a model can read. A waiting call holds no thread. */
    CompletableFuture<CallOutcome> call(Caller caller, McpToolCall call) {
        JobManager jobs = services.jobs().of(caller);
        StatusReporter reporter = services.reporters().of(caller);
        Optional<Operation> own = services.tools().operations().find(call.name());
        try {
            if (own.isPresent()) {
                return done(services.tools().operations().call(own.get(), caller, call.arguments()));
            }
            JobTool tool = services.tools().find(caller, call.name()).orElseThrow(() -> unknown(caller, call.name()));
            services.tools().requireView(caller);
            JobId id = submit(caller, tool, call);
            return awaited(jobs, id, call.use(), () -> call.progress().look(reporter, id))
                    .thenApply(job -> outcome(reporter, job, tool, call))
                    .exceptionally(fault -> untold(id, fault));
        } catch (JobyardException e) {
            return done(ToolResult.error(RequestFault.of(e)));
        }
    }

    private static CompletableFuture<CallOutcome> done(Map<String, Object> result) {
        return CompletableFuture.completedFuture(new CallOutcome.DoneCall(result));
    }

    /** Submits the job; only once if the call has an idempotency key. */
    private JobId submit(Caller caller, JobTool tool, McpToolCall call) {
        JobSpecification job =
                JobSpecification.type(tool.type()).payload(call.arguments()).build();
        String key = call.key();
        return key == null
                ? services.jobs().of(caller).submit(job).id()
                : services.once()
                        .submit(
                                caller,
                                key,
                                Fingerprint.of("mcp " + tool.type(), List.of(call.arguments())),
                                List.of(job))
                        .get(0)
                        .id();
    }

    private static CallOutcome outcome(StatusReporter reporter, Job job, JobTool tool, McpToolCall call) {
        boolean isFinished = job.status().isFinished();
        if (call.use() == TaskUse.AT_ONCE || call.use() == TaskUse.IF_LONG && !isFinished) {
            return new CallOutcome.Task(job);
        }
        return new CallOutcome.DoneCall(
                isFinished
                        ? ToolResult.of(reporter.result(job.id()), tool.results() != null)
                        : ToolResult.goesOn(job, reporter.explain(job.id())));
    }

    /** Returns the answer for a stored job whose result cannot be reported, with the reason. */
    private static CallOutcome untold(JobId id, Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof JobyardException) {
            return new CallOutcome.DoneCall(ToolResult.stored(id, String.valueOf(cause.getMessage())));
        }
        throw new CompletionException(cause);
    }

    /** Waits until the job is finished, it waits for a signal, or the timeout passes. */
    private CompletableFuture<Job> awaited(JobManager jobs, JobId id, TaskUse use, Runnable progress) {
        McpSettings now = settings.get();
        Duration timeout = switch (use) {
            case AT_ONCE -> Duration.ZERO;
            case IF_LONG -> now.taskAfter();
            case NEVER -> now.answerWithin();
        };
        return services.waits().await(id, timeout, () -> jobs.job(id), progress);
    }

    /** Waits for the end of a job whose result a client requested, at most for the timeout. */
    CompletableFuture<Job> awaitEnd(Caller caller, JobId id) {
        return awaited(services.jobs().of(caller), id, TaskUse.NEVER, () -> {});
    }

    private RpcFault unknown(Caller caller, String name) {
        List<String> names = Stream.concat(
                        services.tools().operations().names(),
                        services.tools().tools(caller).stream().map(JobTool::name))
                .toList();
        return RpcFault.params(
                "name", "unknown tool '" + name + "'" + Spelling.hint(name, names) + "; tools/list lists your tools");
    }
}
