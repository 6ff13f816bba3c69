// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobQuery.JobOrder;
import io.jobyard.api.PendingJob;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.ValidationException;
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

/** Looks at jobs. */
final class JobRoutes {

    private static final int SHOWN = 20;
    private static final int PIECES = 1_000;

    static final List<Route> ALL = List.of(
            Route.get("/jobs", "listJobs")
                    .says("List jobs, the youngest first.")
                    .needs(AccessRule.OVERVIEW)
                    .may(JobSelection.QUERY)
                    .may(
                            QueryParameter.text("order", "youngest (if left out) or oldest"),
                            QueryParameter.text("after", "go on behind this job: next of the page before"),
                            QueryParameter.whole("limit", "how many at most, 1 to 10000; 20 if left out"))
                    .answers(200, JobView.JOBS)
                    .by(JobRoutes::list),
            Route.get("/jobs/ready", "listReadyJobs")
                    .says("List the ready jobs in starting order.")
                    .needs(AccessRule.OVERVIEW)
                    .may(JobSelection.QUERY)
                    .may(QueryParameter.whole("limit", "how many at most, 1 to 10000; 20 if left out"))
                    .answers(200, JobView.READY_JOBS)
                    .by(JobRoutes::ready),
            Route.get("/jobs/facets", "countJobs")
                    .says("Count jobs, and tell how they divide.")
                    .needs(AccessRule.OVERVIEW)
                    .may(JobSelection.QUERY)
                    .answers(200, FacetView.FACETS)
                    .by(request ->
                            Reply.of(FacetView.FACETS, request.status().facets(JobSelection.of(request.query())))),
            Route.get("/jobs/{id}", "getJob")
                    .says(
                            "All there is about a job; with wait, as it is when it has ended, or when the time is over. As events: how it is"
                                    + " (job, as in a list) whenever that is different, its log (log, then each line), what its handler emits"
                                    + " (piece, with its position as id), and its end (end).")
                    .needs(AccessRule.VIEW)
                    .may(
                            QueryParameter.text("wait", "how long to wait for its end, such as 30s; 60s at most"),
                            QueryParameter.whole(
                                    "after", "as events: only pieces behind this position; all if left out"))
                    .answers(200, JobView.JOB)
                    .streamed()
                    .by(JobRoutes::job),
            Route.get("/jobs/{id}/result", "getResult")
                    .says("The result of a job.")
                    .needs(AccessRule.VIEW)
                    .answers(200, JobView.RESULT)
                    .by(request -> Reply.of(JobView.RESULT, request.status().result(request.id()))),
            Route.get("/jobs/{id}/history", "getHistory")
                    .says("Every change of a job, the oldest first.")
                    .needs(AccessRule.VIEW)
                    .answers(200, EventView.HISTORY)
                    .by(JobRoutes::history),
            Route.get("/jobs/{id}/explain", "explainJob")
                    .says("Why a job does not run just now.")
                    .needs(AccessRule.VIEW)
                    .answers(200, BlockerView.EXPLANATION)
                    .by(request ->
                            Reply.of(BlockerView.EXPLANATION, request.status().explain(request.id()))),
            Route.get("/jobs/{id}/graph", "getGraph")
                    .says("What a job waits for, what waits for it, and theirs in turn.")
                    .needs(AccessRule.VIEW)
                    .may(QueryParameter.whole("limit", "how many jobs at most on each side, 1 to 200; 20 if left out"))
                    .answers(200, GraphView.GRAPH)
                    .by(request -> Reply.of(
                            GraphView.GRAPH,
                            request.status().graph(request.id(), request.query().number("limit", SHOWN)))),
            Route.get("/jobs/{id}/steps", "listSteps")
                    .says("The steps and waits of a job.")
                    .needs(AccessRule.VIEW)
                    .answers(200, StepView.STEPS)
                    .by(request -> Reply.of(StepView.STEPS, request.status().steps(request.id()))),
            Route.get("/jobs/{id}/steps/value", "getStepValue")
                    .says("The value of a step of a job.")
                    .needs(AccessRule.VIEW, AccessRule.PAYLOAD)
                    .may(QueryParameter.text("step", "the name of the step").mandatory())
                    .answers(200, StepView.VALUE)
                    .by(JobRoutes::value),
            Route.get("/jobs/{id}/log", "getLog")
                    .says("What a job's handler wrote to its log, the oldest line first; as events also what comes.")
                    .needs(AccessRule.VIEW)
                    .answers(200, EventView.LOG)
                    .streamed()
                    .by(JobRoutes::log),
            Route.get("/jobs/{id}/stream", "getStream")
                    .says("The text that a job's handler emitted; as events also what comes.")
                    .needs(AccessRule.VIEW, AccessRule.PAYLOAD)
                    .may(
                            QueryParameter.whole("after", "only what stands behind this position; 0 if left out"),
                            QueryParameter.whole("limit", "how many pieces at most, 1 to 10000; 1000 if left out"))
                    .answers(200, StepView.PIECES)
                    .streamed()
                    .by(JobRoutes::stream));

    private JobRoutes() {}

    private static Reply list(RestRequest request) {
        StatusReporter status = request.status();
        JobFilter filter = JobSelection.of(request.query());
        int limit = request.query().number("limit", SHOWN);
        String after = request.query().text("after");
        String order = request.query().text("order");
        JobOrder direction =
                order == null || order.equals("youngest") ? JobOrder.YOUNGEST_FIRST : JobOrder.OLDEST_FIRST;
        if (direction == JobOrder.OLDEST_FIRST && !"oldest".equals(order)) {
            throw new ValidationException(
                    "order",
                    "unknown order '" + order + "'; use youngest or oldest, or GET " + RestServlet.ROOT
                            + "/jobs/ready for the ready jobs in starting order");
        }
        JobQuery query = new JobQuery(filter, direction, after == null ? null : JobId.of(after), limit);
        return Reply.of(JobView.JOBS, new Reported<>(status.find(query), status));
    }

    private static Reply ready(RestRequest request) {
        StatusReporter status = request.status();
        int limit = request.query().number("limit", SHOWN);
        List<PendingJob> jobs = status.pending(JobSelection.of(request.query()), limit);
        return Reply.of(JobView.READY_JOBS, new Reported<>(new JobView.Ready(jobs, jobs.size() == limit), status));
    }

    private static Reply job(RestRequest request) {
        if (!request.wantsEvents()) {
            return JobWait.answer(request);
        }
        StatusReporter status = request.status();
        JobId id = status.status(request.id()).id();
        long after = SseText.lastId(request.http(), request.query().number("after", 0, Long.MAX_VALUE));
        request.host().streams.open(request.http(), request.response(), new JobSource(status, id, after));
        return Reply.LATER;
    }

    private static Reply value(RestRequest request) {
        String step = request.query().needed("step");
        Object value = request.status().stepValue(request.id(), step).orElse(null);
        return Reply.of(StepView.VALUE, new StepView.StepValue(step, value));
    }

    private static Reply history(RestRequest request) {
        StatusReporter status = request.status();
        Job job = status.status(request.id());
        Map<Integer, String> stacks = status.stacks(job.id());
        List<Traced> events = status.history(job.id()).stream()
                .map(event -> Traced.of(event, stacks))
                .toList();
        return Reply.of(EventView.HISTORY, new EventView.History(job, events));
    }

    private static Reply log(RestRequest request) {
        StatusReporter status = request.status();
        JobId id = request.id();
        if (!request.wantsEvents()) {
            return Reply.of(EventView.LOG, status.log(id));
        }
        status.status(id);
        int last = (int) Math.min(Integer.MAX_VALUE, SseText.lastId(request.http(), 0));
        request.host().streams.open(request.http(), request.response(), new LogSource(status, id, last));
        return Reply.LATER;
    }

    private static Reply stream(RestRequest request) {
        StatusReporter status = request.status();
        JobId id = request.id();
        long after = request.query().number("after", 0, Long.MAX_VALUE);
        int limit = request.query().number("limit", PIECES);
        if (!request.wantsEvents()) {
            List<StreamPiece> pieces = status.stream(id, after, limit);
            return Reply.of(StepView.PIECES, new StepView.Pieces(pieces, pieces.size() == limit));
        }
        long last = SseText.lastId(request.http(), after);
        status.stream(id, last, 1); // refused here, before the stream is answered with 200
        request.host().streams.open(request.http(), request.response(), new PieceSource(status, id, last));
        return Reply.LATER;
    }
}
