// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.Unit;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.store.Edge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happens to a job next. Pure: reads the job and the clock, changes nothing. */
final class Decisions {

    private static final Duration LONGEST_DELAY = Duration.ofDays(36_500);

    /** A job that waits so has a time at which its next attempt is due. */
    private static final Set<Reason> DELAYS = EnumSet.of(Reason.RETRY, Reason.RATE_LIMITED, Reason.SLEEP);

    /** A job that waits so waits for nothing but time. */
    private static final Set<Reason> FOR_TIME =
            EnumSet.of(Reason.TIME, Reason.RETRY, Reason.RATE_LIMITED, Reason.SLEEP);

    private static final String TRIED = "; failed on the canary's version, and goes to another one";

    private static final String GONE =
            "; the canary that ran it was quarantined, rolled back, replaced or deleted: it goes to another version";

    private final Clock clock;
    private final RetryDelay retryDelay;

    Decisions(Clock clock, RetryDelay retryDelay) {
        this.clock = clock;
        this.retryDelay = retryDelay;
    }

    /** The start of a ready job, which stands in that queue, or its end if it has expired. */
    Move start(StoredJob job, String queue, ServingHost on, boolean isTried) {
        Instant now = MoveBuilder.now(job, clock);
        return expired(job, now)
                ? expire(job, now, Set.of())
                : new MoveBuilder(job, LifeCycle.STARTED, now)
                        .starts(on, queue, isTried)
                        .move();
    }

    /** The end of a ready job that needs more than a limit can ever give. */
    Move oversized(StoredJob job, String fault) {
        return decide(job, LifeCycle.OVERSIZED)
                .error(fault + ": raise it and retry the job, or submit one that needs less")
                .move();
    }

    /**
     * What a run comes to. One that fails on a version that is tried is never the last, and one whose canary is gone by then has not
     * failed at all.
     */
    Move end(StoredJob job, @Nullable Instant startedAt, Outcome outcome, CanaryRun canary) {
        String fault = job.books().cancelRequested() ? null : fault(outcome);
        if (canary == CanaryRun.GONE && fault != null) {
            return decide(job, LifeCycle.LEFT_CANARY)
                    .ran(startedAt)
                    .leavesCanary()
                    .attemptGivenBack()
                    .because(fault + GONE)
                    .dueAt(job.job().terms().times().expiry())
                    .move();
        } else if (canary == CanaryRun.TRIED && fault != null && !(outcome instanceof Outcome.GivenBack)) {
            Duration retryAfter = outcome instanceof Outcome.Failed failed ? failed.retryAfter() : null;
            return retrying(job, startedAt, fault + TRIED, retryAfter)
                    .leavesCanary()
                    .move();
        }
        return end(job, startedAt, outcome);
    }

    /** What went wrong in a run that did not come to its end; null if nothing did. */
    static @Nullable String fault(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.error();
        } else if (outcome instanceof Outcome.TimedOut timedOut) {
            return error(timedOut);
        } else if (outcome instanceof Outcome.Crashed crashed) {
            return crashed.error();
        }
        return outcome instanceof Outcome.GivenBack back ? back.why() : null;
    }

    Move end(StoredJob job, @Nullable Instant startedAt, Outcome outcome) {
        if (job.books().cancelRequested() || outcome instanceof Outcome.Cancelled) {
            return decide(job, LifeCycle.CANCELLED_RUNNING).ran(startedAt).move();
        } else if (outcome instanceof Outcome.Completed completed) {
            return decide(job, LifeCycle.HANDLER_RETURNED)
                    .ran(startedAt)
                    .result(completed.result())
                    .move();
        } else if (outcome instanceof Outcome.Failed failed) {
            return failed.permanent()
                    ? decide(job, LifeCycle.FAILED_ERROR)
                            .ran(startedAt)
                            .error(failed.error())
                            .move()
                    : failed(job, startedAt, LifeCycle.FAILED_ERROR, failed.error(), failed.retryAfter());
        } else if (outcome instanceof Outcome.TimedOut timedOut) {
            return failed(job, startedAt, LifeCycle.FAILED_TIMEOUT, error(timedOut), null);
        } else if (outcome instanceof Outcome.PastDeadline) {
            String error = "its deadline " + job.job().terms().times().deadline() + " passed during run "
                    + job.job().state().run().number();
            return decide(job, LifeCycle.PAST_DEADLINE)
                    .ran(startedAt)
                    .error(error)
                    .move();
        } else if (outcome instanceof Outcome.Crashed crashed) {
            return failed(job, startedAt, LifeCycle.CRASHED, crashed.error(), null);
        } else {
            return withoutAttempt(job, startedAt, outcome);
        }
    }

    /** What happened in a run that goes on. */
    Move noted(StoredJob job, String what) {
        return decide(job, LifeCycle.MIGRATED).goesOn().because(what).move();
    }

    /** When the limits open again that a handler met. */
    Instant opensAt(Outcome.RateLimited limited) {
        return clock.instant().plus(bounded(limited.retryAfter()));
    }

    private Move withoutAttempt(StoredJob job, @Nullable Instant startedAt, Outcome outcome) {
        if (outcome instanceof Outcome.RateLimited limited) {
            return decide(job, LifeCycle.RATE_LIMITED)
                    .ran(startedAt)
                    .attemptGivenBack()
                    .error(limited.error())
                    .waitsFor(bounded(limited.retryAfter()), "comes back at", limited.error())
                    .move();
        } else if (outcome instanceof Outcome.Slept slept) {
            return decide(job, LifeCycle.SLEPT)
                    .ran(startedAt)
                    .attemptGivenBack()
                    .leavesVersion(slept.moves())
                    .waitsFor(bounded(slept.delay()), "sleeps until", slept.why())
                    .move();
        } else if (outcome instanceof Outcome.Progressed progressed) {
            return decide(job, LifeCycle.PROGRESSED)
                    .ran(startedAt)
                    .attemptGivenBack()
                    .error(progressed.why())
                    .placed(Placement.READY)
                    .move();
        }
        if (outcome instanceof Outcome.AwaitsLimits awaits) {
            return awaitsLimits(job, startedAt, awaits);
        }
        return decide(job, LifeCycle.GIVEN_BACK)
                .ran(startedAt)
                .attemptGivenBack()
                .because(((Outcome.GivenBack) outcome).why())
                .dueAt(job.job().terms().times().expiry())
                .move();
    }

    /** The job keeps its place: it has had its turn. */
    private Move awaitsLimits(StoredJob job, @Nullable Instant startedAt, Outcome.AwaitsLimits awaits) {
        JobTerms terms = job.job().terms();
        Map<String, Double> uses = new LinkedHashMap<>(awaits.estimate());
        terms.demand().estimate().entrySet().stream()
                .filter(unit -> uses.size() < LimitChecks.MOST || unit.getKey().startsWith(Unit.SLOTS))
                .forEach(unit -> uses.putIfAbsent(unit.getKey(), unit.getValue()));
        return decide(job, LifeCycle.AWAITS_LIMITS)
                .ran(startedAt)
                .attemptGivenBack()
                .because(awaits.why())
                .terms(terms.using(terms.demand().limits(), uses))
                .dueAt(terms.times().expiry())
                .move();
    }

    /** What an operator's cancel does; a job that runs is told to end. */
    Move cancel(StoredJob job, String who, Collection<JobId> children) {
        return cancel(job, children, "").by(who).move();
    }

    /** The same by the host itself, which says why. */
    Move withdraw(StoredJob job, String who, String why) {
        return cancel(job, List.of(), why).by(who).move();
    }

    /** The same to a child whose parent has expired. */
    Move abandon(StoredJob job, JobId parent, Collection<JobId> children) {
        return cancel(job, children, "job " + parent + ", which waited for it, expired")
                .move();
    }

    private MoveBuilder cancel(StoredJob job, Collection<JobId> children, String why) {
        LifeCycle move = switch (job.job().status()) {
            case WAITING -> LifeCycle.CANCELLED_WAITING;
            case QUEUED -> LifeCycle.CANCELLED_QUEUED;
            case RUNNING -> LifeCycle.CANCEL_ASKED;
            default ->
                throw new StateConflictException(
                        "job " + job.id() + " is " + job.job().status().text() + " already: only one that is"
                                + " waiting, queued or running can be cancelled");
        };
        MoveBuilder next = decide(job, move);
        return move == LifeCycle.CANCEL_ASKED
                ? next.cancelAsked().because(why.isEmpty() ? "cancel asked" : "cancel asked: " + why)
                : next.letsGo(children).because(why);
    }

    /**
     * What an operator's retry does: what holds a new job holds this one again. A dependency that ended badly is waited for
     * too: its release judges it. Those that are not among the parents were removed.
     */
    Move retry(StoredJob job, List<JobId> dependencies, Map<JobId, StoredJob> parents, String who) {
        JobStatus status = job.job().status();
        Instant now = MoveBuilder.now(job, clock);
        if (status != JobStatus.FAILED && status != JobStatus.CANCELLED) {
            throw new StateConflictException("job " + job.id() + " is " + status.text()
                    + ": only one that failed or is cancelled can be retried");
        }
        if (expired(job, now)) {
            throw new StateConflictException("job " + job.id() + " expired at "
                    + job.job().terms().times().expiry() + ": submit it again");
        }
        Set<JobId> awaited = dependencies.stream()
                .filter(parents::containsKey)
                .filter(id -> parents.get(id).job().status() != JobStatus.COMPLETED)
                .collect(Collectors.toSet());
        Placement placement = Placement.of(job.job().terms(), !awaited.isEmpty(), now);
        return new MoveBuilder(job, LifeCycle.retried(status, placement), now)
                .by(who)
                .anew()
                .awaits(dependencies, awaited)
                .because(removed(dependencies, parents.keySet()))
                .placed(placement)
                .move();
    }

    /** What an operator's impatience does to a job that waits for time. */
    Move runNow(StoredJob job, String who) {
        Instant now = MoveBuilder.now(job, clock);
        Reason reason = job.job().state().reason();
        if (job.job().status() != JobStatus.WAITING || !FOR_TIME.contains(reason)) {
            throw new StateConflictException("job " + job.id() + " is "
                    + job.job().status().text() + (reason == null ? "" : " (" + reason.text() + ")")
                    + ": only one that waits for time can be run now");
        } else if (expired(job, now)) {
            throw new StateConflictException("job " + job.id() + " has expired: submit it again");
        }
        JobTerms terms = reason == Reason.TIME
                ? new JobChange().notBefore(now).applyTo(job.job().terms())
                : job.job().terms();
        return new MoveBuilder(job, reason == Reason.TIME ? LifeCycle.BROUGHT_FORWARD : LifeCycle.READY, now)
                .by(who)
                .terms(terms)
                .because("run now")
                .placed(Placement.READY)
                .move();
    }

    /** What an operator's pause does to a job that has no run. What it had to wait for before its next attempt becomes its notBefore. */
    Move pause(StoredJob job, PauseTerms pause, String who) {
        JobStatus status = job.job().status();
        WaitDecisions.requirePausable(job);
        if (status != JobStatus.WAITING && status != JobStatus.QUEUED) {
            throw new StateConflictException(
                    "job " + job.id() + " is " + status.text() + ": only one that is waiting or queued can be paused");
        }
        JobTerms terms = job.job().terms();
        Instant due = job.books().dueAt();
        boolean waitsForAttempt = DELAYS.contains(job.job().state().reason());
        return decide(job, status == JobStatus.QUEUED ? LifeCycle.PAUSED_QUEUED : LifeCycle.PAUSED_WAITING)
                .by(who)
                .terms(waitsForAttempt ? new JobChange().notBefore(due).applyTo(terms) : terms)
                .because(pause.words())
                .dueAt(pause.dueAt(terms.times().expiry()))
                .move();
    }

    /** What an operator's resume does: what holds a new job holds this one again. */
    Move resume(StoredJob job, String who) {
        Instant now = MoveBuilder.now(job, clock);
        JobState state = job.job().state();
        if (state.reason() != Reason.PAUSED) {
            throw new StateConflictException(
                    "job " + job.id() + " is " + state.status().text() + ", and not paused");
        } else if (expired(job, now)) {
            throw new StateConflictException("job " + job.id() + " has expired: submit it again");
        }
        return resumed(job, now).by(who).because("resumed").move();
    }

    private static MoveBuilder resumed(StoredJob job, Instant now) {
        Placement placement = Placement.of(job.job().terms(), job.books().pending() > 0, now);
        return new MoveBuilder(job, LifeCycle.resumed(placement), now).placed(placement);
    }

    private static String removed(List<JobId> dependencies, Set<JobId> found) {
        List<String> removed = dependencies.stream()
                .filter(id -> !found.contains(id))
                .map(JobId::toString)
                .toList();
        return removed.isEmpty() ? "" : "does not wait for what was removed: " + String.join(", ", removed);
    }

    /**
     * What the loss of its host does to a running job. The first losses are not charged, because any job beside it may
     * have been the cause; then it ran with no other such job beside it, and a loss is a crash of its own.
     */
    Move hostLost(StoredJob job) {
        if (job.books().cancelRequested()) {
            return decide(job, LifeCycle.CANCELLED_RUNNING).move();
        }
        String why = "host " + job.job().state().run().host() + " ended during the run";
        boolean countsAsAttempt = job.books().isSuspect();
        if (countsAsAttempt && job.isLastAttempt()) {
            return decide(job, LifeCycle.CRASHED).hostLost().error(why).move();
        }
        MoveBuilder next = decide(job, LifeCycle.HOST_LOST)
                .hostLost()
                .because(why)
                .dueAt(job.job().terms().times().expiry());
        return (countsAsAttempt ? next : next.attemptGivenBack()).move();
    }

    Move unknownType(StoredJob job) {
        return decide(job, LifeCycle.UNKNOWN_TYPE)
                .error("No handler registered for job type: " + job.job().type())
                .move();
    }

    /** What its time brings; empty if it has not come. With the children that it waits for. */
    Optional<Move> due(StoredJob job, Collection<JobId> children) {
        Instant now = MoveBuilder.now(job, clock);
        Instant dueAt = job.books().dueAt();
        if (dueAt == null || dueAt.isAfter(now)) {
            return Optional.empty();
        }
        if (expired(job, now)) {
            return Optional.of(expire(job, now, children));
        }
        boolean paused = job.job().state().reason() == Reason.PAUSED;
        return Optional.of(
                paused
                        ? resumed(job, now).because("its pause is over").move()
                        : ready(job, now).move());
    }

    private static Move expire(StoredJob job, Instant now, Collection<JobId> children) {
        boolean queued = job.job().status() == JobStatus.QUEUED;
        return new MoveBuilder(job, queued ? LifeCycle.QUEUED_EXPIRED : LifeCycle.WAITING_EXPIRED, now)
                .error("expired at " + job.job().terms().times().expiry() + whileWaiting(job))
                .letsGo(children)
                .move();
    }

    private static String whileWaiting(StoredJob job) {
        JobState state = job.job().state();
        String waits = state.reason() == null
                ? null
                : switch (state.reason()) {
                    case SIGNAL -> "it waited for a signal";
                    case CALLBACK -> "it waited for a callback";
                    case CHILDREN -> "it waited for its children";
                    case SLEEP -> "its handler slept";
                    default -> null;
                };
        if (waits != null) {
            boolean isDeadline = Objects.equals(
                    job.job().terms().times().deadline(),
                    job.job().terms().times().expiry());
            return (isDeadline ? ", its deadline, while " : " while ") + waits;
        }
        return state.run().number() == 0 ? " before it could start" : " while waiting for its next attempt";
    }

    /** Nothing holds it but perhaps its notBefore. */
    private static MoveBuilder ready(StoredJob job, Instant now) {
        Placement placement = Placement.of(job.job().terms(), false, now);
        LifeCycle move = placement == Placement.EARLY ? LifeCycle.READY_LATER : LifeCycle.READY;
        return new MoveBuilder(job, move, now).placed(placement);
    }

    /** What the end of some dependencies brings to a job that waits for them. */
    Move release(StoredJob job, List<Edge> edges) {
        JobTerms terms = job.job().terms();
        Set<JobId> parents = edges.stream().map(Edge::parent).collect(Collectors.toSet());
        List<Edge> bad = edges.stream()
                .filter(edge -> edge.outcome() != JobStatus.COMPLETED)
                .filter(edge -> terms.dependencies().ifFails(edge.parent()) != DependencyPolicy.RUN)
                .sorted(Comparator.comparing(
                        edge -> terms.dependencies().ifFails(edge.parent()))) // of several FAIL decides
                .toList();
        Set<JobId> blamed = bad.stream().map(Edge::parent).collect(Collectors.toSet());
        if (job.job().state().reason() == Reason.DEPENDENCY) {
            return countOff(
                    job, new EdgeChange(parents, Set.of(), blamed)); // another one ended it, this one would have
        }
        if (job.job().state().reason() == Reason.CHILDREN) {
            return released(job, parents); // however they ended: its handler looks
        }
        boolean paused = job.job().state().reason() == Reason.PAUSED;
        if (!paused && job.job().state().reason() != Reason.DEPENDENCIES) {
            return countOff(job, EdgeChange.released(parents)); // somebody, or time, decided already
        }
        if (!bad.isEmpty()) {
            Edge first = bad.get(0);
            boolean fail = terms.dependencies().ifFails(first.parent()) == DependencyPolicy.FAIL;
            return decide(job, fail ? LifeCycle.DEPENDENCY_FAILED : LifeCycle.DEPENDENCY_CANCELLED)
                    .released(parents, blamed)
                    .error("dependency " + first.parent() + " "
                            + first.outcome().text())
                    .move();
        }
        return paused ? countOff(job, EdgeChange.released(parents)) : released(job, parents);
    }

    private Move released(StoredJob job, Set<JobId> parents) {
        return job.books().pending() > parents.size()
                ? countOff(job, EdgeChange.released(parents))
                : ready(job, MoveBuilder.now(job, clock)).released(parents).move();
    }

    /** Fewer dependencies to wait for: no move of the job, only of the host's books, so without a history row. */
    private static Move countOff(StoredJob job, EdgeChange edges) {
        SchedulingState books = job.books();
        SchedulingState fewer = new SchedulingState(
                books.version() + 1,
                books.pending() - edges.released().size(),
                books.losses(),
                books.cancelRequested(),
                books.incarnation(),
                books.readyAt(),
                books.dueAt(),
                books.versions());
        return new Move(job, job.job().state(), fewer, null, null, edges);
    }

    private Move failed(
            StoredJob job, @Nullable Instant startedAt, LifeCycle last, String error, @Nullable Duration retryAfter) {
        if (job.isLastAttempt()) {
            return decide(job, last).ran(startedAt).error(error).move();
        }
        return retry(job, startedAt, error, retryAfter);
    }

    private static String error(Outcome.TimedOut timedOut) {
        String limit = TermsChecks.seconds(timedOut.limit()) + " s";
        if (timedOut.silent()) {
            return "no sign of life for " + limit + ": its handler is to call heartbeat() of its context more often, or"
                    + " heartbeat.seconds of its type is to be larger";
        }
        return "timed out after " + limit
                + (timedOut.storedStep()
                        ? " and stored new steps, but as many such runs as progress.retries allows did not count before:"
                                + " raise the timeout or progress.retries of its type"
                        : "");
    }

    private Move retry(StoredJob job, @Nullable Instant startedAt, String error, @Nullable Duration retryAfter) {
        return retrying(job, startedAt, error, retryAfter).move();
    }

    private MoveBuilder retrying(
            StoredJob job, @Nullable Instant startedAt, String error, @Nullable Duration retryAfter) {
        Duration delay = retryAfter != null
                ? bounded(retryAfter)
                : retryDelay.after(job.job().type(), job.job().state().run().attempt());
        return decide(job, LifeCycle.RETRY).ran(startedAt).error(error).waitsFor(delay, "next attempt at", error);
    }

    private MoveBuilder decide(StoredJob job, LifeCycle move) {
        return new MoveBuilder(job, move, MoveBuilder.now(job, clock));
    }

    private static boolean expired(StoredJob job, Instant now) {
        Instant expires = job.job().terms().times().expiry();
        return expires != null && !expires.isAfter(now);
    }

    /** What a handler asks for, as the store can hold it. */
    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : asked.truncatedTo(ChronoUnit.MICROS);
    }
}
