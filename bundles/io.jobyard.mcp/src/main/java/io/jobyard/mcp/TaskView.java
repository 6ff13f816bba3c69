// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Blocker;
import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobStep;
import io.jobyard.api.Reason;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StepKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts jobs to tasks. */
final class TaskView {

    static final String WORKING = "working";
    private static final int POLL_MILLIS = 1_000;

    private TaskView() {}

    /** Returns a task as of 2026-07-28, without the details that only a request for one task includes. */
    static Map<String, @Nullable Object> task(Job job, StatusReporter reporter) {
        Map<String, @Nullable Object> task = base(job, WORKING, why(reporter.explain(job.id())));
        task.put("ttlMs", null);
        task.put("pollIntervalMs", POLL_MILLIS);
        return task;
    }

    /**
     * Returns a task as of 2026-07-28 with its result, or with the input that it waits for if the client can ask its user.
     *
     * <p>A failed run counts as a completed task, and its failure is the result. The status {@code failed} is only for a job that never
     * ran.
     */
    static Map<String, @Nullable Object> whole(
            Job job, StatusReporter reporter, boolean canAsk, Supplier<Map<String, Object>> result) {
        Map<String, @Nullable Object> task = task(job, reporter);
        switch (job.status()) {
            case COMPLETED -> complete(task, result.get());
            case FAILED -> {
                if (job.state().run().number() > 0) {
                    complete(task, result.get());
                } else {
                    task.put("status", "failed");
                    task.put(
                            "error",
                            Map.of("code", RpcFault.INTERNAL, "message", ToolResult.ending(reporter.result(job.id()))));
                }
            }
            case CANCELLED -> task.put("status", "cancelled");
            default -> {
                Map<String, Object> requests = canAsk ? inputRequests(job, reporter) : Map.of();
                if (!requests.isEmpty()) {
                    task.put("status", "input_required");
                    task.put("inputRequests", requests);
                }
            }
        }
        return task;
    }

    private static void complete(Map<String, @Nullable Object> task, Map<String, Object> result) {
        task.put("status", "completed");
        task.put("result", Values.joined(Map.of("resultType", "complete"), result));
    }

    private static Map<String, Object> inputRequests(Job job, StatusReporter reporter) {
        Map<String, Object> requests = new LinkedHashMap<>();
        signalStep(job, reporter).ifPresent(step -> requests.put(step.name(), SignalInput.request(job, step)));
        return requests;
    }

    /** Returns the step that waits for a signal. */
    static Optional<JobStep> signalStep(Job job, StatusReporter reporter) {
        List<JobStep> steps = waitsForSignal(job) ? reporter.steps(job.id()) : List.of();
        return steps.stream()
                .filter(step ->
                        step.kind() == StepKind.SIGNAL && step.times().endedAt() == null && step.droppedAfter() == 0)
                .findFirst();
    }

    static boolean waitsForSignal(Job job) {
        return job.status() == JobStatus.WAITING && job.state().reason() == Reason.SIGNAL;
    }

    /** Returns a task as of 2025-11-25. That revision does not request signals from clients, so the task stays in the status working. */
    static Map<String, @Nullable Object> old(Job job, StatusReporter reporter) {
        String status = job.status().isFinished() ? job.status().text() : WORKING;
        return old(job, status, why(reporter.explain(job.id())));
    }

    /** Returns a task as of 2025-11-25 for a job whose cancellation is stored. Does not read the job again. */
    static Map<String, @Nullable Object> cancelled(Job job) {
        return old(job, "cancelled", "the cancel is stored");
    }

    private static Map<String, @Nullable Object> old(Job job, String status, String why) {
        Map<String, @Nullable Object> task = base(job, status, why);
        task.put("ttl", null);
        task.put("pollInterval", POLL_MILLIS);
        return task;
    }

    private static Map<String, @Nullable Object> base(Job job, String status, String why) {
        Map<String, @Nullable Object> task = new LinkedHashMap<>();
        task.put("taskId", job.id().toString());
        task.put("status", status);
        task.put("statusMessage", why);
        task.put("createdAt", job.createdAt().toString());
        task.put("lastUpdatedAt", job.state().changedAt().toString());
        return task;
    }

    /** Explains why the job does not run, how long it has been running, or how it ended. */
    static String why(Explanation explanation) {
        String blocked = explanation.blockedBy().stream().map(Blocker::detail).collect(Collectors.joining("; "));
        String text = explanation.detail().isEmpty() ? blocked : explanation.detail();
        return text.isEmpty() ? "it is " + explanation.status().text() : text;
    }
}
