// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.Submission;
import java.util.List;

/** The outcome of a submit or of a change of jobs. */
public final class ChangeView {

    /** A job was submitted. */
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

    /** Several jobs were. */
    public static final View<AllSubmitted> SUBMISSIONS = View.<AllSubmitted>of(
                    "submissions", "Confirmation of several submitted jobs.")
            .texts("ids", "job IDs, in the order of the request", AllSubmitted::ids)
            .texts("warnings", "warnings, for example that no handler is available for a type", AllSubmitted::warnings);

    /** A job that something was done to. */
    public static final View<Job> CHANGED_JOB = View.<Job>of("changed job", "A changed job.")
            .text("id", "job ID", Job::id)
            .word(
                    "status",
                    StateWords.STATUSES,
                    "current status",
                    job -> job.status().text());

    /** Jobs were changed. */
    public static final View<Changed> CHANGED = View.<Changed>of("changed jobs", "The result of a change of jobs.")
            .list("jobs", CHANGED_JOB, "changed jobs", Changed::jobs)
            .list("errors", ErrorView.REFUSAL, "refused jobs", Changed::errors);

    /** A callback was answered. */
    public static final View<JobId> ANSWERED = View.<JobId>of(
                    "answered callback", "Confirmation of an answered callback.")
            .text("job", "the job that waits for the answer, now or later", id -> id);

    private ChangeView() {}

    /**
     * A job was submitted.
     *
     * @param submission the answer
     * @param warnings what its submitter should know, a line each
     */
    public record Submitted(Submission submission, List<String> warnings) {}

    /**
     * Several jobs were submitted.
     *
     * @param ids the jobs, in the order in which they were given
     * @param warnings what their submitter should know, a line each
     */
    public record AllSubmitted(List<JobId> ids, List<String> warnings) {}

    /**
     * What a change of jobs came to.
     *
     * @param jobs those it was done to
     * @param errors those it was not done to
     */
    public record Changed(List<Job> jobs, List<ErrorView.Refusal> errors) {}
}
