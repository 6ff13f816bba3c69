// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobResult;
import io.jobyard.api.PendingJob;
import io.jobyard.api.Progress;
import io.jobyard.api.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs, alone and in lists. */
public final class JobView {

    private static final View<Progress> PROGRESS = View.<Progress>of("progress", "How far a run says it is.")
            .number("done", "units done", Progress::done)
            .number("total", "units in all; 0 if unknown", Progress::total)
            .text("text", "what it is at; may be empty", Progress::text)
            .time("at", "when it said so", Progress::at);

    /** A job without its payload and its result, which may be large. */
    public static final View<Reported<Job>> LISTED_JOB = View.<Reported<Job>>of(
                    "listed job", "A job as it is now, without what may be large.")
            .text("id", "its name", job -> job.what().id())
            .text("type", "names the handler it needs", job -> job.what().type())
            .text(
                    "status",
                    "`waiting`, `queued`, `running`, `completed`, `failed` or `cancelled`",
                    job -> job.what().status().text())
            .text(
                    "reason",
                    "why, where the status alone does not say",
                    job -> reason(job.what().state().reason()))
            .number("priority", "the level, 1 first", job -> job.what().terms().priority())
            .text("queue", "the queue it stands in", job -> job.reporter().queue(job.what()))
            .text(
                    "submitter",
                    "who asked for it: a user, or a bundle",
                    job -> job.what().submitter())
            .number(
                    "run",
                    "how often its handler was started",
                    job -> job.what().state().run())
            .number(
                    "attempt",
                    "the runs charged to `maxRetries`",
                    job -> job.what().state().attempt())
            .number(
                    "maxRetries",
                    "how many more attempts follow a first that fails",
                    job -> job.what().terms().maxRetries())
            .seconds(
                    "timeoutSeconds",
                    "how long one run may take",
                    job -> job.what().terms().timeout())
            .time("createdAt", "when it was admitted", job -> job.what().createdAt())
            .time(
                    "startedAt",
                    "the handler's first line in the latest run",
                    job -> job.what().state().startedAt())
            .time(
                    "completedAt",
                    "when it became final",
                    job -> job.what().state().completedAt())
            .text(
                    "error",
                    "what went wrong in the latest run that did not complete",
                    job -> job.what().state().error())
            .object(
                    "labels",
                    "the submitter's own marks",
                    job -> job.what().terms().labels())
            .text(
                    "key",
                    "while it is not final, its submitter has no second job with this key",
                    job -> job.what().terms().key())
            .text(
                    "ifDependencyFails",
                    "`fail`, `cancel` or `run`",
                    job -> job.what().terms().ifDependencyFails().text())
            .time(
                    "notBefore",
                    "it does not start earlier",
                    job -> job.what().terms().notBefore())
            .time(
                    "expires",
                    "it fails if it waits or is queued at that time",
                    job -> job.what().terms().expires())
            .text(
                    "handlerVersion",
                    "the range its handler's version must be in",
                    job -> job.what().terms().handlerVersion())
            .texts(
                    "limits",
                    "the limits it draws on beside those of its handler",
                    job -> job.what().terms().limits())
            .object(
                    "estimate",
                    "how much of each unit a run is expected to use",
                    job -> job.what().terms().estimate())
            .text(
                    "host",
                    "the host of the latest run",
                    job -> job.what().state().host())
            .time(
                    "changedAt",
                    "when it came into this state",
                    job -> job.what().state().changedAt())
            .one(
                    "progress",
                    PROGRESS,
                    "how far its run says it is",
                    job -> job.reporter().progress(job.what().id()).orElse(null));

    /** All of a job. */
    public static final View<Reported<Job>> JOB = View.<Reported<Job>>of("job", "All there is about a job.")
            .all(LISTED_JOB, job -> job)
            .texts(
                    "dependencies",
                    "the jobs that must complete first",
                    job -> job.reporter().dependencies(job.what().id()))
            .object(
                    "payload",
                    "what its handler gets",
                    job -> job.reporter().payload(job.what().id()))
            .object(
                    "result",
                    "what its handler returned",
                    job -> job.reporter().result(job.what().id()).result());

    /** Some jobs. */
    public static final View<Reported<JobPage>> JOBS = View.<Reported<JobPage>>of(
                    "jobs", "Jobs that were found, the youngest first.")
            .list(
                    "jobs",
                    LISTED_JOB,
                    "each of them",
                    page -> page.what().jobs().stream()
                            .<Reported<Job>>map(page::with)
                            .toList())
            .flag("more", "whether there may be more", page -> page.what().more())
            .text(
                    "next",
                    "the id that the next page follows; null if there is no more",
                    page -> page.what().next())
            .text(
                    "lookedBackTo",
                    "if the search ended early, since when the jobs were created that it looked at",
                    page -> page.what().lookedBackTo());

    private static final View<Reported<PendingJob>> READY_JOB = View.<Reported<PendingJob>>of(
                    "ready job", "A ready job and its turn.")
            .all(LISTED_JOB, ready -> ready.with(ready.what().job()))
            .number("place", "1 for the job that is next", ready -> ready.what().place())
            .list(
                    "blockedBy",
                    BlockerView.BLOCKER,
                    "what holds the first job of its lane now",
                    ready -> ready.what().blockedBy());

    /** The jobs that come next. */
    public static final View<Reported<Ready>> READY_JOBS = View.<Reported<Ready>>of(
                    "ready jobs", "The ready jobs in starting order.")
            .list(
                    "jobs",
                    READY_JOB,
                    "each of them",
                    ready -> ready.what().jobs().stream()
                            .<Reported<PendingJob>>map(ready::with)
                            .toList())
            .flag("more", "whether there may be more", ready -> ready.what().more());

    /** What a job came to. */
    public static final View<JobResult> RESULT = View.<JobResult>of("result", "What a job came to.")
            .text("id", "the job", JobResult::id)
            .text(
                    "status",
                    "its status; only a completed one has a result",
                    result -> result.status().text())
            .object("result", "what its handler returned", JobResult::result)
            .text("error", "what went wrong in the latest run that did not complete", JobResult::error)
            .time("startedAt", "the handler's first line in the latest run", JobResult::startedAt)
            .time("completedAt", "when the job ended", JobResult::completedAt)
            .seconds("executionTimeSeconds", "how long the latest run that ended took", JobResult::executionTime);

    private JobView() {}

    static @Nullable String reason(@Nullable Reason reason) {
        return reason == null ? null : reason.text();
    }

    /**
     * Ready jobs in their order.
     *
     * @param jobs the first of them
     * @param more whether there may be more
     */
    public record Ready(List<PendingJob> jobs, boolean more) {}
}
