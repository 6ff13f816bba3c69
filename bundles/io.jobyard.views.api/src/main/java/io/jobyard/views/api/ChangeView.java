// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.Submission;
import java.util.List;

/** Views of the outcome of a submit or of a change of jobs. */
public final class ChangeView {

    /** A submitted job. */
    public static final View<Submitted> SUBMISSION = View.<Submitted>of(
                    "submission", "Confirmation of a submitted job.")
            .text("id", "job ID", submitted -> submitted.submission().id())
            .text(
                    "status",
                    "status at the submit",
                    submitted -> submitted.submission().status().text())
            .flag(
                    "duplicate",
                    "whether an earlier job with the same key was returned",
                    submitted -> submitted.submission().duplicate())
            .flag(
                    "replaced",
                    "whether that job was replaced",
                    submitted -> submitted.submission().replaced())
            .texts("warnings", "warnings, for example that no handler is available for the type", Submitted::warnings);

    /** Several submitted jobs. */
    public static final View<AllSubmitted> SUBMISSIONS = View.<AllSubmitted>of(
                    "submissions", "Confirmation of several submitted jobs.")
            .texts("ids", "job IDs, in the order of the request", AllSubmitted::ids)
            .texts("warnings", "warnings, for example that no handler is available for a type", AllSubmitted::warnings);

    /** A changed job. */
    public static final View<Job> CHANGED_JOB = View.<Job>of("changed job", "A changed job.")
            .text("id", "job ID", Job::id)
            .word(
                    "status",
                    StateWords.STATUSES,
                    "current status",
                    job -> job.status().text());

    /** Changed jobs. */
    public static final View<Changed> CHANGED = View.<Changed>of("changed jobs", "The result of a change of jobs.")
            .list("jobs", CHANGED_JOB, "changed jobs", Changed::jobs)
            .list("errors", ErrorView.REFUSAL, "refused jobs", Changed::errors);

    /** Confirmation of an answered callback. */
    public static final View<JobId> ANSWERED = View.<JobId>of(
                    "answered callback", "Confirmation of an answered callback.")
            .text("job", "the job that waits for the answer, now or later", id -> id);

    private ChangeView() {}

    /**
     * A submitted job.
     *
     * @param warnings warnings for the submitter, one line each
     */
    public record Submitted(Submission submission, List<String> warnings) {}

    /**
     * Several submitted jobs.
     *
     * @param ids the jobs, in the order of the request
     * @param warnings warnings for the submitter, one line each
     */
    public record AllSubmitted(List<JobId> ids, List<String> warnings) {}

    /**
     * Result of a change of jobs.
     *
     * @param errors the jobs that were not changed, with the reasons
     */
    public record Changed(List<Job> jobs, List<ErrorView.Refusal> errors) {}
}
