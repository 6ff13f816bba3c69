// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import io.jobyard.api.Submission;
import java.util.List;

/** The outcome of a submit or of a change of jobs, or the fault. */
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

    private static final View<Refusal> REFUSAL = View.<Refusal>of("refusal", "A refused change of one of several jobs.")
            .text("id", "the job, as named in the request", Refusal::id)
            .text("code", "error code", refusal -> refusal.cause().code())
            .text(
                    "message",
                    "the problem and its fix",
                    refusal -> refusal.cause().getMessage());

    /** Jobs were changed. */
    public static final View<Changed> CHANGED = View.<Changed>of("changed jobs", "The result of a change of jobs.")
            .list("jobs", CHANGED_JOB, "changed jobs", Changed::jobs)
            .list("errors", REFUSAL, "refused jobs", Changed::errors);

    /** A callback was answered. */
    public static final View<JobId> ANSWERED = View.<JobId>of(
                    "answered callback", "Confirmation of an answered callback.")
            .text("job", "the job that waits for the answer, now or later", id -> id);

    private static final View<Fault> FAULT = View.<Fault>of("fault", "An error.")
            .text("code", "error code, for example `not_found`, `validation` or `state_conflict`", Fault::code)
            .text("message", "the problem and its fix, in one line", Fault::message);

    /** Nothing was done. */
    public static final View<Fault> ERROR = View.<Fault>of(
                    "error", "Printed instead of any other answer if the command failed.")
            .one("error", FAULT, "the error", fault -> fault);

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
     * One of several jobs was left as it was.
     *
     * @param id the job, as it was named
     * @param cause why
     */
    public record Refusal(String id, JobyardException cause) {}

    /**
     * What a change of jobs came to.
     *
     * @param jobs those it was done to
     * @param errors those it was not done to
     */
    public record Changed(List<Job> jobs, List<Refusal> errors) {}

    /**
     * Why nothing was done.
     *
     * @param code the kind, as {@link JobyardException#code()} tells it
     * @param message what is wrong and what to do, in one line
     */
    public record Fault(String code, String message) {}
}
