// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobQuery.JobOrder;
import io.jobyard.api.PendingJob;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.AgentTool;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationBuilder;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.BlockerView;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.EventView.Traced;
import io.jobyard.views.api.FacetView;
import io.jobyard.views.api.GraphView;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import io.jobyard.views.api.StepView;
import java.util.List;
import java.util.Map;

/** Operations that read jobs. */
final class JobReadOperations {

    private static final int FEW = 20;
    private static final int PIECES = 1_000;
    private static final Input LIMIT =
            Input.whole("limit", "maximum number of jobs to list", 1, 10_000).byDefault(FEW);

    static final List<Operation> ALL = List.of(
            Operation.get("/jobs", "listJobs")
                    .says("List jobs, newest first.")
                    .needs(AccessRule.OVERVIEW)
                    .takes(JobSelection.INPUTS)
                    .takes(
                            Input.text("order", "order by creation time")
                                    .among(List.of("youngest", "oldest"))
                                    .byDefault("youngest"),
                            Input.text(
                                    "after",
                                    "list the jobs after this job: the ID in the field next of the previous page"),
                            LIMIT)
                    .answers(200, JobView.JOBS)
                    .tool(AgentTool.reading("list_jobs", "List jobs"))
                    .by(JobReadOperations::list),
            Operation.get("/jobs/ready", "listReadyJobs")
                    .says("List the ready jobs in starting order.")
                    .needs(AccessRule.OVERVIEW)
                    .takes(JobSelection.INPUTS)
                    .takes(LIMIT)
                    .answers(200, JobView.READY_JOBS)
                    .by(JobReadOperations::ready),
            Operation.get("/jobs/facets", "countJobs")
                    .says("Count jobs, in total and by status, reason, type, queue, submitter and schedule.")
                    .needs(AccessRule.OVERVIEW)
                    .takes(JobSelection.INPUTS)
                    .answers(200, FacetView.FACETS)
                    .by(call ->
                            OperationResult.of(FacetView.FACETS, call.status().facets(JobSelection.of(call.inputs())))),
            of("", "getJob", "Show all details of a job.")
                    .answers(200, JobView.JOB)
                    .by(call -> OperationResult.of(
                            JobView.JOB, new Reported<>(call.status().status(call.id()), call.status()))),
            of("/result", "getResult", "Show a job's result or error, and the run time of its handler.")
                    .answers(200, JobView.RESULT)
                    .tool(AgentTool.reading("job_result", "Result of a job"))
                    .by(call -> OperationResult.of(JobView.RESULT, call.status().result(call.id()))),
            of("/history", "getHistory", "Show a job's state and error, then every change, oldest first.")
                    .answers(200, EventView.HISTORY)
                    .tool(AgentTool.reading("job_history", "History of a job"))
                    .by(JobReadOperations::history),
            of(
                            "/explain",
                            "explainJob",
                            "Explain why a job is not running, how long it has been running, or how it ended.")
                    .answers(200, BlockerView.EXPLANATION)
                    .tool(AgentTool.reading("explain_job", "Explain a job"))
                    .by(call -> OperationResult.of(
                            BlockerView.EXPLANATION, call.status().explain(call.id()))),
            of(
                            "/graph",
                            "getGraph",
                            "Show the jobs that a job depends on and the jobs that depend on it, directly and indirectly.")
                    .takes(Input.whole("limit", "maximum number of jobs on each side", 1, 200)
                            .byDefault(FEW))
                    .answers(200, GraphView.GRAPH)
                    .by(call -> OperationResult.of(
                            GraphView.GRAPH,
                            call.status().graph(call.id(), call.inputs().number("limit", FEW)))),
            of("/steps", "listSteps", "List the steps and waits of a job.")
                    .answers(200, StepView.STEPS)
                    .by(call -> OperationResult.of(StepView.STEPS, call.status().steps(call.id()))),
            of("/steps/value", "getStepValue", "Show the value of a step of a job.")
                    .needs(AccessRule.VIEW, AccessRule.PAYLOAD)
                    .takes(Input.text("step", "name of the step").mandatory())
                    .answers(200, StepView.VALUE)
                    .by(JobReadOperations::value),
            of("/log", "getLog", "Show the log lines of a job, oldest first.")
                    .answers(200, EventView.LOG)
                    .by(call -> OperationResult.of(EventView.LOG, call.status().log(call.id()))),
            of("/stream", "getStream", "Show the text that a job's handler emitted.")
                    .needs(AccessRule.VIEW, AccessRule.PAYLOAD)
                    .takes(
                            Input.whole("after", "position of the last piece already read", 0, Long.MAX_VALUE)
                                    .byDefault(0),
                            Input.whole("limit", "maximum number of pieces", 1, 10_000)
                                    .byDefault(PIECES))
                    .answers(200, StepView.PIECES)
                    .by(JobReadOperations::stream));

    private JobReadOperations() {}

    private static OperationBuilder of(String path, String name, String summary) {
        return Operation.get("/jobs/{id}" + path, name).says(summary).needs(AccessRule.VIEW);
    }

    private static OperationResult list(OperationCall call) {
        StatusReporter status = call.status();
        Inputs inputs = call.inputs();
        JobFilter filter = JobSelection.of(inputs);
        String after = inputs.text("after");
        String order = inputs.text("order");
        JobOrder direction =
                order == null || order.equals("youngest") ? JobOrder.YOUNGEST_FIRST : JobOrder.OLDEST_FIRST;
        if (direction == JobOrder.OLDEST_FIRST && !"oldest".equals(order)) {
            throw new ValidationException(
                    "order",
                    "unknown order '" + order
                            + "'; use youngest or oldest, or listReadyJobs for the ready jobs in starting order");
        }
        JobQuery query = new JobQuery(
                filter, direction, after == null ? null : status.resolve(after), inputs.number("limit", FEW));
        return OperationResult.of(JobView.JOBS, new Reported<>(status.find(query), status));
    }

    private static OperationResult ready(OperationCall call) {
        StatusReporter status = call.status();
        int limit = call.inputs().number("limit", FEW);
        List<PendingJob> jobs = status.pending(JobSelection.of(call.inputs()), limit);
        return OperationResult.of(
                JobView.READY_JOBS, new Reported<>(new JobView.Ready(jobs, jobs.size() == limit), status));
    }

    private static OperationResult value(OperationCall call) {
        String step = call.inputs().needed("step");
        Object value = call.status().stepValue(call.id(), step).orElse(null);
        return OperationResult.of(StepView.VALUE, new StepView.StepValue(step, value));
    }

    private static OperationResult history(OperationCall call) {
        StatusReporter status = call.status();
        Job job = status.status(call.id());
        Map<Integer, String> stacks = status.stacks(job.id());
        List<Traced> events = status.history(job.id()).stream()
                .map(event -> Traced.of(event, stacks))
                .toList();
        return OperationResult.of(EventView.HISTORY, new EventView.History(job, events));
    }

    private static OperationResult stream(OperationCall call) {
        JobId id = call.id();
        int limit = call.inputs().number("limit", PIECES);
        List<StreamPiece> pieces = call.status().stream(id, call.inputs().longNumber("after", 0), limit);
        return OperationResult.of(StepView.PIECES, new StepView.Pieces(pieces, pieces.size() == limit));
    }
}
