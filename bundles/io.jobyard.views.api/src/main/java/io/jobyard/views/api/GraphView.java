// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.GraphJob;
import io.jobyard.api.JobGraph;

/** View of the jobs related to a job. */
public final class GraphView {

    private static final View<GraphJob> GRAPH_JOB = View.<GraphJob>of("graph job", "A job of a graph, in short.")
            .text("id", "job ID", job -> job.job().id())
            .text("type", "job type", job -> job.job().type())
            .word("status", StateWords.STATUSES, "status", job -> StateWords.status(job.job()))
            .word("reason?", StateWords.REASONS, StateWords.REASON_MEANING, job -> StateWords.reason(job.job()))
            .whole(
                    "distance",
                    "distance in steps: negative for dependencies, positive for dependents, 0 for the job itself",
                    GraphJob::distance)
            .texts("waitsFor", "its dependencies within the graph", GraphJob::waitsFor);

    /** A job with all related jobs. */
    public static final View<JobGraph> GRAPH = View.<JobGraph>of(
                    "graph", "The dependencies and dependents of a job, direct and indirect.")
            .list("jobs", GRAPH_JOB, "the job itself first, then by distance", JobGraph::jobs)
            .whole(
                    "notShown",
                    "number of neighbors not shown: too many, removed, or hidden from the caller",
                    JobGraph::notShown);

    private GraphView() {}
}
