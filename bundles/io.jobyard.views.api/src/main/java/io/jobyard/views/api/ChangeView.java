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
    public static final View<Submitted> SUBMISSION = View.<Submitted>of("submission", "A submitted job is stored.")
            .text("id", "the job", submitted -> submitted.submission().id())
            .text(
                    "status",
                    "its status then",
                    submitted -> submitted.submission().status().text())
            .flag(
                    "duplicate",
                    "whether it was there already, with the same key",
                    submitted -> submitted.submission().duplicate())
            .flag(
                    "replaced",
                    "whether that job is now as it was asked for",
                    submitted -> submitted.submission().replaced())
            .texts("warnings", "such as that no handler serves its type now", Submitted::warnings);

    /** Several jobs were. */
    public static final View<AllSubmitted> SUBMISSIONS = View.<AllSubmitted>of(
                    "submissions", "Several submitted jobs are stored.")
            .texts("ids", "the jobs, in the order in which they were given", AllSubmitted::ids)
            .texts("warnings", "such as that no handler serves a type now", AllSubmitted::warnings);

    /** A job that something was done to. */
    public static final View<Job> CHANGED_JOB = View.<Job>of("changed job", "A job that something was done to.")
            .text("id", "the job", Job::id)
            .word(
                    "status",
                    StateWords.STATUSES,
                    "its status now",
                    job -> job.status().text());

    private static final View<Refusal> REFUSAL = View.<Refusal>of(
                    "refusal", "Why nothing was done to one of several jobs.")
            .text("id", "the job, as it was named", Refusal::id)
            .text("code", "the kind of fault", refusal -> refusal.cause().code())
            .text(
                    "message",
                    "what is wrong and what to do",
                    refusal -> refusal.cause().getMessage());

    /** Jobs were changed. */
    public static final View<Changed> CHANGED = View.<Changed>of("changed jobs", "What a change of jobs came to.")
            .list("jobs", CHANGED_JOB, "those it was done to", Changed::jobs)
            .list("errors", REFUSAL, "those it was not done to", Changed::errors);

    /** A callback was answered. */
    public static final View<JobId> ANSWERED = View.<JobId>of("answered callback", "A callback has its answer.")
            .text("job", "the job that waits for it, or will", id -> id);

    private static final View<Fault> FAULT = View.<Fault>of("fault", "What is wrong.")
            .text("code", "the kind of fault, such as `not_found`, `validation` or `state_conflict`", Fault::code)
            .text("message", "what is wrong and what to do, in one line", Fault::message);

    /** Nothing was done. */
    public static final View<Fault> ERROR = View.<Fault>of("error", "Stands in place of any answer if there is none.")
            .one("error", FAULT, "what is wrong", fault -> fault);

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
