// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.Caller;
import java.time.Duration;
import java.util.Map;
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
    CallOutcome call(Caller caller, String name, Map<String, Object> arguments, TaskUse use)
            throws InterruptedException {
        JobManager jobs = services.jobs().of(caller);
        StatusReporter reporter = services.reporters().of(caller);
        Optional<HostTool> own = HostTool.named(name);
        if (own.isEmpty()) {
            return submit(
                    jobs,
                    reporter,
                    services.tools().find(caller, name).orElseThrow(() -> unknown(name)),
                    arguments,
                    use);
        }
        try {
            ToolArguments given = new ToolArguments(arguments);
            given.only(own.get().properties().keySet());
            return new CallOutcome.Done(ToolResult.of(own.get().answer(jobs, reporter, given)));
        } catch (JobyardException e) {
            return refused(e);
        }
    }

    private CallOutcome submit(
            JobManager jobs, StatusReporter reporter, JobTool tool, Map<String, Object> payload, TaskUse use)
            throws InterruptedException {
        Job job;
        try {
            JobId id = jobs.submit(
                            JobSpecification.type(tool.type()).payload(payload).build())
                    .id();
            job = awaited(jobs, id, use);
        } catch (JobyardException e) {
            return refused(e);
        }
        if (use != TaskUse.NEVER && (use == TaskUse.AT_ONCE || !job.status().isFinal())) {
            return new CallOutcome.Task(job);
        }
        return new CallOutcome.Done(
                job.status().isFinal()
                        ? ToolResult.of(reporter.result(job.id()))
                        : ToolResult.goesOn(job, reporter.explain(job.id())));
    }

    /** Until it is over, waits for somebody, or the patience is over. */
    private Job awaited(JobManager jobs, JobId id, TaskUse use) throws InterruptedException {
        if (use == TaskUse.AT_ONCE) {
            return jobs.job(id);
        }
        McpSettings now = settings.get();
        Duration patience = use == TaskUse.NEVER ? now.answerWithin() : now.taskAfter();
        if (!waiting.tryAcquire()) {
            return await(jobs, id, patience.compareTo(LOOK) < 0 ? patience : LOOK);
        }
        try {
            return await(jobs, id, patience);
        } finally {
            waiting.release();
        }
    }

    private static Job await(JobManager jobs, JobId id, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Job job = jobs.await(id, left.compareTo(LOOK) < 0 ? left : LOOK);
            if (job.status().isFinal() || left.isZero() || TaskView.waitsForSignal(job)) {
                return job;
            }
        }
    }

    /** Waits for the end of a job that a client asked the result of; not for longer than it is patient. */
    Job awaitEnd(Caller caller, JobId id) throws InterruptedException {
        return awaited(services.jobs().of(caller), id, TaskUse.NEVER);
    }

    private static CallOutcome refused(JobyardException fault) {
        return new CallOutcome.Done(ToolResult.error(String.valueOf(fault.getMessage())));
    }

    private static RpcFault unknown(String name) {
        return RpcFault.of(
                RpcFault.INVALID_PARAMS,
                "there is no tool '" + name + "' for you; tools/list names those that are there");
    }
}
