// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Fire;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobState;
import io.jobyard.api.JobState.RunState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.JobTerms.Identity;
import io.jobyard.api.JobTerms.JobDemand;
import io.jobyard.api.JobTerms.JobTimes;
import io.jobyard.api.JobTerms.RoutingTerms;
import io.jobyard.api.JobTerms.RunRules;
import io.jobyard.api.PayloadHistory;
import io.jobyard.api.PendingJob;
import io.jobyard.api.Progress;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Views of jobs, alone and in lists. */
public final class JobView {

    private static final View<Progress> PROGRESS = View.<Progress>of(
                    "progress", "Progress of a run, as reported by the handler.")
            .whole("done", "units done", Progress::done)
            .whole("total", "total units; 0 if unknown", Progress::total)
            .text("text", "current activity; may be empty", Progress::text)
            .instant("at", "time of the report", Progress::at);

    /** A job without its payload and its result, which may be large. */
    public static final View<Reported<Job>> LISTED_JOB = View.<Reported<Job>>of(
                    "listed job", "A job in its current state, without large fields.")
            .text("id", "job ID", of(Job::id))
            .text("type", "job type, which selects the handler", of(Job::type))
            .word(
                    "status",
                    StateWords.STATUSES,
                    "`waiting`, `queued`, `running`, `completed`, `failed` or `cancelled`",
                    of(StateWords::status))
            .word("reason?", StateWords.REASONS, StateWords.REASON_MEANING, of(StateWords::reason))
            .whole("priority", "priority; 1 is highest", terms(routing(RoutingTerms::priority)))
            .text("queue", "queue of the job", job -> job.reporter().queue(job.what()))
            .text("submitter", "submitter: a user or a bundle", of(Job::submitter))
            .text("schedule?", "schedule that submitted the job; null for other jobs", fire(Fire::schedule))
            .instant("fireAt?", "scheduled time of the job", fire(Fire::at))
            .whole("run", "number of starts of its handler", run(RunState::number))
            .whole("attempt", "runs that count against `maxRetries`", run(RunState::attempt))
            .text(
                    "begunWith?",
                    "handler version of the first run, kept while a host serves it; null before the first run and"
                            + " after the job left a canary",
                    run(RunState::begunWith))
            .whole("maxRetries", "maximum number of retries", terms(runs(RunRules::maxRetries)))
            .seconds("timeoutSeconds", "maximum time of a run", terms(runs(RunRules::timeout)))
            .instant("createdAt", "time of the submit", of(Job::createdAt))
            .instant("startedAt?", "time of the handler's first call in the latest run", run(RunState::startedAt))
            .instant("completedAt?", "time at which the job finished", state(JobState::completedAt))
            .text("error?", "error of the latest run that did not complete", state(JobState::error))
            .textsByName("labels", "the submitter's labels", terms(identity(Identity::labels)))
            .text("group?", "group of the job", terms(identity(Identity::group)))
            .text("endsGroup?", "group that the job ends", terms(identity(Identity::endsGroup)))
            .text("key?", "idempotency key, held while the job is unfinished", terms(identity(Identity::key)))
            .instant(
                    "keyUntil?",
                    "end of the time for which the key stays in use, even after the job is finished",
                    terms(identity(Identity::keyUntil)))
            .word(
                    "ifDependencyFails",
                    StateWords.of(DependencyPolicy.values(), DependencyPolicy::text),
                    "`fail`, `cancel` or `run`, for dependencies without their own policy",
                    terms(terms -> terms.dependencies().ifFails().text()))
            .textsByName(
                    "dependencyPolicies",
                    "policies of dependencies that have their own, by ID",
                    terms(JobView::policies))
            .instant("notBefore?", "earliest start", terms(times(JobTimes::notBefore)))
            .instant("expires?", "time at which the job fails if it has not started", terms(times(JobTimes::expires)))
            .instant(
                    "deadline?",
                    "time at which the job fails unless it is finished; a run is interrupted",
                    terms(times(JobTimes::deadline)))
            .text("handlerVersion?", "range of accepted handler versions", terms(routing(RoutingTerms::handlerVersion)))
            .texts("limits", "limits of the job, in addition to those of its handler", terms(demand(JobDemand::limits)))
            .numbersByName("estimate", "expected usage of a run, by unit", terms(demand(JobDemand::estimate)))
            .text("host?", "host of the latest run", run(RunState::host))
            .instant("changedAt", "time of the latest state change", state(JobState::changedAt))
            .one(
                    "progress?",
                    PROGRESS,
                    "progress of its run",
                    JobQuestion.in(
                            JobStatus.RUNNING,
                            (reporter, id) -> reporter.progress(id).orElse(null)));

    /** All details of a job. */
    public static final View<Reported<Job>> JOB = whole("job", "All details of a job.")
            .flag(
                    "hidden",
                    "whether payload and result are hidden from the caller",
                    JobQuestion.of(StatusReporter::hidesPayload))
            .list("steps", StepView.STEP, "steps and waits", JobQuestion.ofRun(List.of(), StatusReporter::steps))
            .list(
                    "signals",
                    StepView.SIGNAL,
                    "signals not yet received by the handler",
                    JobQuestion.of(StatusReporter::signals));

    /** A finished job as it is archived: everything that is removed with the job, except its log, its steps and its stream. */
    public static final View<Archived> ARCHIVED_JOB = View.<Archived>of(
                    "archived job", "A finished job, with its history.")
            .all(whole("", ""), Archived::job)
            .list("history", EventView.CHANGE, "every change, oldest first", Archived::history);

    /** A list of jobs. */
    public static final View<Reported<JobPage>> JOBS = View.<Reported<JobPage>>of(
                    "jobs", "Matching jobs, newest first.")
            .list(
                    "jobs",
                    LISTED_JOB,
                    "the jobs",
                    page -> page.what().jobs().stream()
                            .<Reported<Job>>map(page::with)
                            .toList())
            .flag("more", "whether there may be more", page -> page.what().more())
            .text(
                    "next?",
                    "ID to pass as the start of the next page; null on the last page",
                    page -> page.what().next())
            .instant(
                    "lookedBackTo?",
                    "if the search stopped early: creation time back to which, or with the oldest first up to which, jobs"
                            + " were searched",
                    page -> page.what().lookedBackTo())
            .instant(
                    "asOf?",
                    "if the index lagged behind: time of the first commit missing from it",
                    page -> page.what().asOf());

    private static final View<Reported<PendingJob>> READY_JOB = View.<Reported<PendingJob>>of(
                    "ready job", "A ready job and its position.")
            .all(LISTED_JOB, ready -> ready.with(ready.what().job()))
            .whole(
                    "position",
                    "position in the starting order, from 1",
                    ready -> ready.what().position())
            .list(
                    "blockedBy",
                    BlockerView.BLOCKER,
                    "what blocks the first job of its lane",
                    ready -> ready.what().blockedBy());

    /** The next jobs to run. */
    public static final View<Reported<Ready>> READY_JOBS = View.<Reported<Ready>>of(
                    "ready jobs", "The ready jobs in starting order.")
            .list(
                    "jobs",
                    READY_JOB,
                    "the jobs",
                    ready -> ready.what().jobs().stream()
                            .<Reported<PendingJob>>map(ready::with)
                            .toList())
            .flag("more", "whether there may be more", ready -> ready.what().more());

    /** The result of a job. */
    public static final View<JobResult> RESULT = View.<JobResult>of("result", "The result of a job.")
            .text("id", "job ID", JobResult::id)
            .word(
                    "status",
                    StateWords.STATUSES,
                    "status; only a completed job has a result",
                    result -> result.status().text())
            .object("result?", "value returned by the handler; null if hidden from the caller", JobResult::result)
            .text("error?", "error of the latest run that did not complete", JobResult::error)
            .instant("startedAt?", "time of the handler's first call in the latest run", JobResult::startedAt)
            .instant("completedAt?", "time at which the job finished", JobResult::completedAt)
            .seconds("executionTimeSeconds?", "duration of the latest finished run", JobResult::executionTime);

    private JobView() {}

    /** Includes the fields that may be large. */
    private static View<Reported<Job>> whole(String name, String meaning) {
        return View.<Reported<Job>>of(name, meaning)
                .all(LISTED_JOB, job -> job)
                .numbersByName(
                        "used",
                        "usage of its runs, by unit",
                        JobQuestion.ofRun(Map.of(), (reporter, id) -> UsageView.total(reporter.uses(id))))
                .texts("dependencies", "jobs that must complete first", JobQuestion.of(StatusReporter::dependencies))
                .object(
                        "payload?",
                        "payload; null if hidden",
                        JobQuestion.of((reporter, id) -> reporter.hidesPayload(id) ? null : reporter.payload(id)))
                .text(
                        "madeFor?",
                        "handler version that the payload was made for; null if unknown",
                        JobQuestion.of((reporter, id) -> PayloadHistory.madeFor(reporter.history(id))
                                .map(HandlerName::version)
                                .orElse(null)))
                .text(
                        "migrated?",
                        "versions from and to which the latest run migrated the payload, and the migrator",
                        JobQuestion.ofRun(
                                null,
                                (reporter, id) -> PayloadHistory.migrated(reporter.history(id))
                                        .orElse(null)))
                .object(
                        "result?",
                        "value returned by the handler",
                        JobQuestion.in(
                                JobStatus.COMPLETED,
                                (reporter, id) -> reporter.result(id).result()));
    }

    private static Map<String, String> policies(JobTerms terms) {
        Map<String, String> policies = new TreeMap<>();
        terms.dependencies().policies().forEach((id, policy) -> policies.put(id.toString(), policy.text()));
        return policies;
    }

    private static <V> Function<Reported<Job>, @Nullable V> of(Function<Job, @Nullable V> value) {
        return job -> value.apply(job.what());
    }

    private static <V> Function<Reported<Job>, @Nullable V> terms(Function<JobTerms, @Nullable V> value) {
        return of(job -> value.apply(job.terms()));
    }

    static <V> Function<JobTerms, @Nullable V> routing(Function<RoutingTerms, @Nullable V> value) {
        return terms -> value.apply(terms.routing());
    }

    static <V> Function<JobTerms, @Nullable V> runs(Function<RunRules, @Nullable V> value) {
        return terms -> value.apply(terms.runs());
    }

    static <V> Function<JobTerms, @Nullable V> identity(Function<Identity, @Nullable V> value) {
        return terms -> value.apply(terms.identity());
    }

    static <V> Function<JobTerms, @Nullable V> times(Function<JobTimes, @Nullable V> value) {
        return terms -> value.apply(terms.times());
    }

    static <V> Function<JobTerms, @Nullable V> demand(Function<JobDemand, @Nullable V> value) {
        return terms -> value.apply(terms.demand());
    }

    private static <V> Function<Reported<Job>, @Nullable V> run(Function<RunState, @Nullable V> value) {
        return state(state -> value.apply(state.run()));
    }

    private static <V> Function<Reported<Job>, @Nullable V> fire(Function<Fire, @Nullable V> value) {
        return terms(terms -> terms.identity().fire() == null
                ? null
                : value.apply(terms.identity().fire()));
    }

    private static <V> Function<Reported<Job>, @Nullable V> state(Function<JobState, @Nullable V> value) {
        return of(job -> value.apply(job.state()));
    }

    /**
     * A finished job with its history.
     *
     * @param history every change, the oldest first
     */
    public record Archived(Reported<Job> job, List<HistoryEvent> history) {}

    /**
     * Ready jobs in their order.
     *
     * @param jobs the first ready jobs
     * @param more whether there may be more
     */
    public record Ready(List<PendingJob> jobs, boolean more) {}
}
