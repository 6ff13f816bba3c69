// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Fire;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobState;
import io.jobyard.api.JobState.RunState;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs, alone and in lists. */
public final class JobView {

    private static final View<Progress> PROGRESS = View.<Progress>of("progress", "How far a run says it is.")
            .whole("done", "units done", Progress::done)
            .whole("total", "units in all; 0 if unknown", Progress::total)
            .text("text", "what it is at; may be empty", Progress::text)
            .instant("at", "when it said so", Progress::at);

    /** A job without its payload and its result, which may be large. */
    public static final View<Reported<Job>> LISTED_JOB = View.<Reported<Job>>of(
                    "listed job", "A job as it is now, without what may be large.")
            .text("id", "its name", of(Job::id))
            .text("type", "names the handler it needs", of(Job::type))
            .word(
                    "status",
                    StateWords.STATUSES,
                    "`waiting`, `queued`, `running`, `completed`, `failed` or `cancelled`",
                    of(StateWords::status))
            .word("reason?", StateWords.REASONS, "why, where the status alone does not say", of(StateWords::reason))
            .whole("priority", "the level, 1 first", terms(routing(RoutingTerms::priority)))
            .text("queue", "the queue it stands in", job -> job.reporter().queue(job.what()))
            .text("submitter", "who asked for it: a user, or a bundle", of(Job::submitter))
            .text("schedule?", "the schedule that made it; null if it was submitted", fire(Fire::schedule))
            .instant("fireAt?", "the time of the schedule that it was made for", fire(Fire::at))
            .whole("run", "how often its handler was started", run(RunState::number))
            .whole("attempt", "the runs charged to `maxRetries`", run(RunState::attempt))
            .text(
                    "begunWith?",
                    "the version of the handler that it began with and stays with while a host serves it; null before its"
                            + " first run, and once it has left a canary",
                    run(RunState::begunWith))
            .whole("maxRetries", "how many more attempts follow a first that fails", terms(runs(RunRules::maxRetries)))
            .seconds("timeoutSeconds", "how long one run may take", terms(runs(RunRules::timeout)))
            .instant("createdAt", "when it was admitted", of(Job::createdAt))
            .instant("startedAt?", "the handler's first line in the latest run", run(RunState::startedAt))
            .instant("completedAt?", "when it became final", state(JobState::completedAt))
            .text("error?", "what went wrong in the latest run that did not complete", state(JobState::error))
            .textsByName("labels", "the submitter's own marks", terms(identity(Identity::labels)))
            .text("group?", "the group of its submitter that it is one of", terms(identity(Identity::group)))
            .text("endsGroup?", "the group whose end job it is", terms(identity(Identity::endsGroup)))
            .text("key?", "while it is not final, its submitter has no second with it", terms(identity(Identity::key)))
            .instant(
                    "keyUntil?",
                    "until then the key stays taken, also after its end",
                    terms(identity(Identity::keyUntil)))
            .word(
                    "ifDependencyFails",
                    StateWords.of(DependencyPolicy.values(), DependencyPolicy::text),
                    "`fail`, `cancel` or `run`, for dependencies without a policy of their own",
                    terms(terms -> terms.dependencies().ifFails().text()))
            .textsByName(
                    "dependencyPolicies",
                    "the policies of dependencies that have their own, by id",
                    terms(JobView::policies))
            .instant("notBefore?", "it does not start earlier", terms(times(JobTimes::notBefore)))
            .instant("expires?", "it fails if it waits or is queued at that time", terms(times(JobTimes::expires)))
            .instant(
                    "deadline?", "it fails unless it has ended by then; a run is cut", terms(times(JobTimes::deadline)))
            .text(
                    "handlerVersion?",
                    "the range its handler's version must be in",
                    terms(routing(RoutingTerms::handlerVersion)))
            .texts("limits", "the limits it draws on beside those of its handler", terms(demand(JobDemand::limits)))
            .numbersByName(
                    "estimate", "how much of each unit a run is expected to use", terms(demand(JobDemand::estimate)))
            .text("host?", "the host of the latest run", run(RunState::host))
            .instant("changedAt", "when it came into this state", state(JobState::changedAt))
            .one(
                    "progress?",
                    PROGRESS,
                    "how far its run says it is",
                    asked((reporter, id) -> reporter.progress(id).orElse(null)));

    /** All of a job. */
    public static final View<Reported<Job>> JOB = whole("job", "All there is about a job.")
            .flag(
                    "hidden",
                    "whether payload and result are left out, as the caller may not see them",
                    asked(StatusReporter::hidesPayload))
            .list("steps", StepView.STEP, "its steps and waits", asked(StatusReporter::steps))
            .list("signals", StepView.SIGNAL, "signals that nothing has taken yet", asked(StatusReporter::signals));

    /** A job that has ended, as it is archived: with all that goes when it is removed, its log, its steps and its stream aside. */
    public static final View<Archived> ARCHIVED_JOB = View.<Archived>of(
                    "archived job", "A job that has ended, with its history.")
            .all(whole("", ""), Archived::job)
            .list("history", EventView.CHANGE, "every change, the oldest first", Archived::history);

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
                    "next?",
                    "the id that the next page follows; null if there is no more",
                    page -> page.what().next())
            .instant(
                    "lookedBackTo?",
                    "if the search ended early, since when, or with `--oldest` until when, the jobs were created that it looked at",
                    page -> page.what().lookedBackTo())
            .instant(
                    "asOf?",
                    "if the index did not know the latest commits yet, the time of the first one that it did not know",
                    page -> page.what().asOf());

    private static final View<Reported<PendingJob>> READY_JOB = View.<Reported<PendingJob>>of(
                    "ready job", "A ready job and its turn.")
            .all(LISTED_JOB, ready -> ready.with(ready.what().job()))
            .whole(
                    "position",
                    "1 for the job that is next",
                    ready -> ready.what().position())
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
            .word(
                    "status",
                    StateWords.STATUSES,
                    "its status; only a completed one has a result",
                    result -> result.status().text())
            .object(
                    "result?",
                    "what its handler returned; null of a completed job whose result the caller may not see",
                    JobResult::result)
            .text("error?", "what went wrong in the latest run that did not complete", JobResult::error)
            .instant("startedAt?", "the handler's first line in the latest run", JobResult::startedAt)
            .instant("completedAt?", "when the job ended", JobResult::completedAt)
            .seconds("executionTimeSeconds?", "how long the latest run that ended took", JobResult::executionTime);

    private JobView() {}

    /** With what may be large. */
    private static View<Reported<Job>> whole(String name, String meaning) {
        return View.<Reported<Job>>of(name, meaning)
                .all(LISTED_JOB, job -> job)
                .numbersByName(
                        "used",
                        "how much of each unit its runs have used",
                        asked((reporter, id) -> UsageView.total(reporter.uses(id))))
                .texts("dependencies", "the jobs that must complete first", asked(StatusReporter::dependencies))
                .object(
                        "payload?",
                        "what it was submitted with; null if it is hidden",
                        asked((reporter, id) -> reporter.hidesPayload(id) ? null : reporter.payload(id)))
                .text(
                        "madeFor?",
                        "the version of the handler that its payload was made for; null while none is known",
                        asked((reporter, id) -> PayloadHistory.madeFor(reporter.history(id))
                                .map(HandlerName::version)
                                .orElse(null)))
                .text(
                        "migrated?",
                        "from and to which version its payload was migrated in the latest run, and by whom",
                        asked((reporter, id) ->
                                PayloadHistory.migrated(reporter.history(id)).orElse(null)))
                .object(
                        "result?",
                        "what its handler returned",
                        asked((reporter, id) -> reporter.result(id).result()));
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

    private static <U> Function<Reported<Job>, @Nullable U> asked(
            BiFunction<StatusReporter, JobId, @Nullable U> value) {
        return job -> value.apply(job.reporter(), job.what().id());
    }

    /**
     * A job that has ended, and what happened to it.
     *
     * @param history every change, the oldest first
     */
    public record Archived(Reported<Job> job, List<HistoryEvent> history) {}

    /**
     * Ready jobs in their order.
     *
     * @param jobs the first of them
     * @param more whether there may be more
     */
    public record Ready(List<PendingJob> jobs, boolean more) {}
}
