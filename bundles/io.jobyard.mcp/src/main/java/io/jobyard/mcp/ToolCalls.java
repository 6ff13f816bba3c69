// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.Caller;
import io.jobyard.views.api.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Calls tools: submits a job and waits for it a while, or looks after jobs. */
final class ToolCalls {

    /** Calls that wait for long at once; each holds a thread of those that answer by HTTP, which others need too. */
    private static final int MOST_WAITING = 12;

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final McpServices services;
    private final Supplier<McpSettings> settings;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    ToolCalls(McpServices services, Supplier<McpSettings> settings) {
        this.services = services;
        this.settings = settings;
    }

    /** Bad arguments, and all that the caller may not do, come back as an error that a model can read. */
    CallOutcome call(Caller caller, ToolCall call) throws InterruptedException {
        JobManager jobs = services.jobs().of(caller);
        StatusReporter reporter = services.reporters().of(caller);
        Optional<HostTool> own = HostTool.named(call.name());
        try {
            if (own.isPresent()) {
                ToolArguments given = new ToolArguments(call.arguments());
                given.only(own.get().properties().keySet());
                return new CallOutcome.Done(ToolResult.of(own.get().answer(jobs, reporter, given)));
            }
            JobTool tool = services.tools().find(caller, call.name()).orElseThrow(() -> unknown(call.name()));
            services.tools().requireView(caller);
            return outcome(jobs, reporter, submit(caller, tool, call), tool, call);
        } catch (JobyardException e) {
            return new CallOutcome.Done(ToolResult.error(String.valueOf(e.getMessage())));
        }
    }

    /** Once, if the client has given the call a key. */
    private JobId submit(Caller caller, JobTool tool, ToolCall call) {
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

    /** Of a job that is stored: whatever keeps the caller from hearing how it ends, it hears that. */
    private CallOutcome outcome(JobManager jobs, StatusReporter reporter, JobId id, JobTool tool, ToolCall call)
            throws InterruptedException {
        try {
            Job job = awaited(jobs, id, call.use(), () -> call.progress().look(reporter, id));
            if (call.use() != TaskUse.NEVER
                    && (call.use() == TaskUse.AT_ONCE || !job.status().isFinal())) {
                return new CallOutcome.Task(job);
            }
            return new CallOutcome.Done(
                    job.status().isFinal()
                            ? ToolResult.of(reporter.result(id), tool.results() != null)
                            : ToolResult.goesOn(job, reporter.explain(id)));
        } catch (JobyardException e) {
            return new CallOutcome.Done(ToolResult.stored(id, String.valueOf(e.getMessage())));
        }
    }

    /** Until it is over, waits for somebody, or the patience is over. */
    private Job awaited(JobManager jobs, JobId id, TaskUse use, Runnable look) throws InterruptedException {
        if (use == TaskUse.AT_ONCE) {
            return jobs.job(id);
        }
        McpSettings now = settings.get();
        Duration patience = use == TaskUse.NEVER ? now.answerWithin() : now.taskAfter();
        if (!waiting.tryAcquire()) {
            return await(jobs, id, patience.compareTo(LOOK) < 0 ? patience : LOOK, look);
        }
        try {
            return await(jobs, id, patience, look);
        } finally {
            waiting.release();
        }
    }

    private static Job await(JobManager jobs, JobId id, Duration patience, Runnable look) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Job job = jobs.await(id, left.compareTo(LOOK) < 0 ? left : LOOK);
            if (job.status().isFinal() || left.isZero() || TaskView.waitsForSignal(job)) {
                return job;
            }
            look.run();
        }
    }

    /** Waits for the end of a job that a client asked the result of; not for longer than it is patient. */
    Job awaitEnd(Caller caller, JobId id) throws InterruptedException {
        return awaited(services.jobs().of(caller), id, TaskUse.NEVER, () -> {});
    }

    private static RpcFault unknown(String name) {
        return RpcFault.of(
                RpcFault.INVALID_PARAMS,
                "there is no tool '" + name + "' for you; tools/list names those that are there");
    }
}
