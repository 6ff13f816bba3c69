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
import io.jobyard.spi.store.Edge;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides the effects of operators, time and other jobs on a job. It only reads the job and the clock. */
final class Decisions {

    /** Reasons of a wait with a time for the next attempt. */
    private static final Set<Reason> DELAYS = EnumSet.of(Reason.RETRY, Reason.RATE_LIMITED, Reason.SLEEP);

    /** Reasons of a wait only for time. */
    private static final Set<Reason> FOR_TIME =
            EnumSet.of(Reason.TIME, Reason.RETRY, Reason.RATE_LIMITED, Reason.SLEEP);

    private final Clock clock;

    Decisions(Clock clock) {
        this.clock = clock;
    }

    /** Starts a ready job, or ends it if it has expired. */
    Move start(StoredJob job, String queue, ServingHost on, boolean isTried) {
        Instant now = MoveBuilder.now(job, clock);
        return JobExpiry.isExpired(job, now)
                ? JobExpiry.expire(job, now, Set.of())
                : new MoveBuilder(job, LifeCycle.STARTED, now)
                        .starts(on, queue, isTried)
                        .move();
    }

    /** Ends a ready job that needs more than a limit can ever provide. */
    Move oversized(StoredJob job, String fault) {
        return decide(job, LifeCycle.OVERSIZED)
                .error(fault + ": raise it and retry the job, or submit one that needs less")
                .move();
    }

    /** Cancels a job for an operator. A running job is asked to end. */
    Move cancel(StoredJob job, String who, Collection<JobId> children) {
        return cancel(job, children, "").by(who).move();
    }

    /** Cancels a job for the host itself, with a reason. */
    Move withdraw(StoredJob job, String who, String why) {
        return cancel(job, List.of(), why).by(who).move();
    }

    /** Cancels a child whose parent has expired. */
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
                throw new StateConflictException("job " + job.id() + " is already "
                        + job.job().status().text() + ": only a waiting, queued or running job can be cancelled");
        };
        MoveBuilder next = decide(job, move);
        return move == LifeCycle.CANCEL_ASKED
                ? next.cancelAsked().because(why.isEmpty() ? "cancel asked" : "cancel asked: " + why)
                : next.letsGo(children).because(why);
    }

    /**
     * Retries a job for an operator. The job waits for the same conditions as a new job, including failed or cancelled dependencies, whose
     * release decides. Dependencies that are not among the parents were removed.
     */
    Move retry(StoredJob job, List<JobId> dependencies, Map<JobId, StoredJob> parents, String who, String why) {
        JobStatus status = job.job().status();
        Instant now = MoveBuilder.now(job, clock);
        if (status != JobStatus.FAILED && status != JobStatus.CANCELLED) {
            throw new StateConflictException(
                    "job " + job.id() + " is " + status.text() + ": only a failed or cancelled job can be retried");
        }
        if (JobExpiry.isExpired(job, now)) {
            throw new StateConflictException("job " + job.id() + " expired at "
                    + job.job().terms().times().expiry() + ": submit it again");
        }
        Set<JobId> awaited = dependencies.stream()
                .filter(parents::containsKey)
                .filter(id -> Objects.requireNonNull(parents.get(id)).job().status() != JobStatus.COMPLETED)
                .collect(Collectors.toSet());
        Placement placement = Placement.of(job.job().terms(), !awaited.isEmpty(), now);
        return new MoveBuilder(job, LifeCycle.retried(status, placement), now)
                .by(who)
                .anew()
                .awaits(dependencies, awaited)
                .because(Stream.of(why, removed(dependencies, parents.keySet()))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; ")))
                .placed(placement)
                .move();
    }

    /** Starts a waiting job at once, for an operator. */
    Move runNow(StoredJob job, String who) {
        Instant now = MoveBuilder.now(job, clock);
        Reason reason = job.job().state().reason();
        if (job.job().status() != JobStatus.WAITING || !FOR_TIME.contains(reason)) {
            throw new StateConflictException("job " + job.id() + " is "
                    + job.job().status().text() + (reason == null ? "" : " (" + reason.text() + ")")
                    + ": only a job that waits for a time can be run now");
        } else if (JobExpiry.isExpired(job, now)) {
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

    /** Pauses a job without a run for an operator. The time of its next attempt becomes its {@code notBefore}. */
    Move pause(StoredJob job, PauseTerms pause, String who) {
        JobStatus status = job.job().status();
        WaitDecisions.requirePausable(job);
        if (status != JobStatus.WAITING && status != JobStatus.QUEUED) {
            throw new StateConflictException(
                    "job " + job.id() + " is " + status.text() + ": only a waiting or queued job can be paused");
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

    /** Resumes a job for an operator. The job waits for the same conditions as a new job. */
    Move resume(StoredJob job, String who) {
        Instant now = MoveBuilder.now(job, clock);
        JobState state = job.job().state();
        if (state.reason() != Reason.PAUSED) {
            throw new StateConflictException(
                    "job " + job.id() + " is " + state.status().text() + ", but not paused");
        } else if (JobExpiry.isExpired(job, now)) {
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
        return removed.isEmpty() ? "" : "does not wait for removed jobs: " + String.join(", ", removed);
    }

    /**
     * Decides about a running job whose host was lost. The first losses do not count, because any job on the host may have caused them.
     * After several losses, the job runs without other suspects, and a further loss counts as its own crash.
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

    /** Returns the due moves of a job and the children that it waits for; empty if nothing is due. */
    Optional<Move> due(StoredJob job, Collection<JobId> children) {
        Instant now = MoveBuilder.now(job, clock);
        Instant dueAt = job.books().dueAt();
        if (dueAt == null || dueAt.isAfter(now)) {
            return Optional.empty();
        }
        if (JobExpiry.isExpired(job, now)) {
            return Optional.of(JobExpiry.expire(job, now, children));
        }
        boolean paused = job.job().state().reason() == Reason.PAUSED;
        return Optional.of(
                paused
                        ? resumed(job, now).because("its pause ended").move()
                        : ready(job, now).move());
    }

    /** Moves a job that waits for nothing except its {@code notBefore}. */
    private static MoveBuilder ready(StoredJob job, Instant now) {
        Placement placement = Placement.of(job.job().terms(), false, now);
        LifeCycle move = placement == Placement.EARLY ? LifeCycle.READY_LATER : LifeCycle.READY;
        return new MoveBuilder(job, move, now).placed(placement);
    }

    /** Decides the effect of finished dependencies on a job that waits for them. */
    Move release(StoredJob job, List<Edge> edges) {
        JobTerms terms = job.job().terms();
        Set<JobId> parents = edges.stream().map(Edge::parent).collect(Collectors.toSet());
        List<Edge> bad = edges.stream()
                .filter(edge -> edge.outcome() != JobStatus.COMPLETED)
                .filter(edge -> terms.dependencies().ifFails(edge.parent()) != DependencyPolicy.RUN)
                .sorted(Comparator.comparing(edge ->
                        terms.dependencies().ifFails(edge.parent()))) // with several policies, FAIL has precedence
                .toList();
        Set<JobId> blamed = bad.stream().map(Edge::parent).collect(Collectors.toSet());
        if (job.job().state().reason() == Reason.DEPENDENCY) {
            return countOff(job, new EdgeChange(parents, Set.of(), blamed)); // the dependency ended for another reason
        }
        if (job.job().state().reason() == Reason.CHILDREN) {
            return released(job, parents); // with any result, because the handler reads it
        }
        boolean paused = job.job().state().reason() == Reason.PAUSED;
        if (!paused && job.job().state().reason() != Reason.DEPENDENCIES) {
            return countOff(job, EdgeChange.released(parents)); // a user, or time, has already decided
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

    /** Reduces the number of unfinished dependencies. Only internal state changes, so the history gets no row. */
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

    private MoveBuilder decide(StoredJob job, LifeCycle move) {
        return new MoveBuilder(job, move, MoveBuilder.now(job, clock));
    }
}
