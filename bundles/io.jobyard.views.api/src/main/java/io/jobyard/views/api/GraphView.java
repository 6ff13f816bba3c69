// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.GraphJob;
import io.jobyard.api.JobGraph;

/** The jobs around a job. */
public final class GraphView {

    private static final View<GraphJob> GRAPH_JOB = View.<GraphJob>of("graph job", "A job of a graph, in short.")
            .text("id", "the job", job -> job.job().id())
            .text("type", "its type", job -> job.job().type())
            .word("status", StateWords.STATUSES, "its status", job -> StateWords.status(job.job()))
            .word(
                    "reason?",
                    StateWords.REASONS,
                    "why, where the status alone does not say",
                    job -> StateWords.reason(job.job()))
            .whole(
                    "distance",
                    "how many steps it is away: negative for what the job waits for, positive for what waits for it, 0 for itself",
                    GraphJob::distance)
            .texts("waitsFor", "those jobs of the graph that it was told to wait for", GraphJob::waitsFor);

    /** All of them. */
    public static final View<JobGraph> GRAPH = View.<JobGraph>of(
                    "graph", "What a job waits for, what waits for it, and theirs in turn.")
            .list("jobs", GRAPH_JOB, "the job itself first, then the nearest ones", JobGraph::jobs)
            .whole(
                    "notShown",
                    "how many neighbours of these are left out: there are too many, they were removed, or the caller may not see them",
                    JobGraph::notShown);

    private GraphView() {}
}
