// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.JobVersions;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds the changes of a job for tests, one for each second after its creation. */
public final class Moves {

    private static final HandlerName HANDLER = new HandlerName("1.2.0", "com.acme.words 1.2.0.b7");

    private Moves() {}

    /** Starts a queued job in the current incarnation of the host. */
    public static Move start(StoredJob job, JobStore store) {
        return start(job, store, job.job().terms().routing().queue());
    }

    /** Starts a job in the queue to which its type is routed. */
    public static Move start(StoredJob job, JobStore store, @Nullable String queue) {
        return start(
                job,
                store,
                queue,
                job.job().state().run().begunWith(),
                job.books().versions());
    }

    /** Starts a queued job on a version of its handler, as a canary run or not. */
    public static Move startOn(StoredJob job, JobStore store, String version, boolean canary) {
        JobVersions versions = job.books().versions().withCanary(canary);
        return start(job, store, job.job().terms().routing().queue(), version, versions);
    }

    private static Move start(
            StoredJob job, JobStore store, @Nullable String queue, @Nullable String begunWith, JobVersions versions) {
        JobState old = job.job().state();
        JobState state = new JobState(
                JobStatus.RUNNING,
                null,
                now(job),
                null,
                old.error(),
                new JobState.RunState(
                        old.run().number() + 1,
                        old.run().attempt() + 1,
                        old.run().startedAt(),
                        store.host(),
                        queue,
                        begunWith));
        SchedulingState before = job.books();
        SchedulingState books = new SchedulingState(
                before.version() + 1,
                0,
                before.losses(),
                before.cancelRequested(),
                store.incarnation(),
                before.readyAt(),
                null,
                versions);
        return move(job, state, books, null, Set.of());
    }

    /** Ends a run with a result. */
    public static Move complete(StoredJob job, String result) {
        return finish(job, JobStatus.COMPLETED, null, null, result);
    }

    /** Ends a job badly. */
    public static Move fail(StoredJob job, String error) {
        return finish(job, JobStatus.FAILED, Reason.ERROR, error, null);
    }

    /** Ends a job whose type never had a handler. */
    public static Move failUnknown(StoredJob job) {
        return finish(job, JobStatus.FAILED, Reason.UNKNOWN_TYPE, "no handler", null);
    }

    private static Move finish(
            StoredJob job, JobStatus status, @Nullable Reason reason, @Nullable String error, @Nullable String result) {
        JobState old = job.job().state();
        JobState state = new JobState(
                status,
                reason,
                now(job),
                now(job),
                error,
                new JobState.RunState(
                        old.run().number(),
                        old.run().attempt(),
                        now(job).minusMillis(2),
                        old.run().host(),
                        old.run().queue(),
                        old.run().begunWith()));
        return move(job, state, books(job, 0, null, null, null), result, Set.of());
    }

    /** Makes a job ready after its time has come, after a requeue, or after a retry. */
    public static Move queue(StoredJob job) {
        Instant position = job.books().readyAt();
        JobState state = state(job, JobStatus.QUEUED, Reason.INTERRUPTED);
        return move(job, state, books(job, 0, null, position == null ? now(job) : position, null), null, Set.of());
    }

    /** Adds a user and a reason to a move. */
    public static Move because(Move move, String who, String why) {
        HistoryEvent old = Objects.requireNonNull(move.event());
        HistoryEvent event = new HistoryEvent(old.at(), who, old.from(), old.to(), old.reason(), old.run(), why);
        return new Move(move.before(), move.terms(), move.state(), move.books(), event, move.result(), move.edges());
    }

    /** Retries a finished job, which then waits for some of its dependencies. */
    public static Move retry(StoredJob job, Set<JobId> dependencies, Set<JobId> awaited) {
        JobState state = awaited.isEmpty()
                ? state(job, JobStatus.QUEUED, null)
                : state(job, JobStatus.WAITING, Reason.DEPENDENCIES);
        Instant readyAt = awaited.isEmpty() ? now(job) : null;
        Move plain = move(job, state, books(job, awaited.size(), null, readyAt, null), null, Set.of());
        EdgeChange edges = new EdgeChange(dependencies, awaited, Set.of());
        return new Move(job, state, plain.books(), plain.event(), null, edges);
    }

    /** Requests the cancel of a running job. */
    public static Move askToCancel(StoredJob job) {
        SchedulingState old = job.books();
        SchedulingState books = books(job, old.losses(), true, old.incarnation(), old.dueAt());
        return move(job, state(job, JobStatus.RUNNING, null), books, null, Set.of());
    }

    /** Adds a line to the history of a run that continues. */
    public static Move note(StoredJob job, String what) {
        JobState state = state(job, JobStatus.RUNNING, null);
        SchedulingState books =
                books(job, 0, job.books().incarnation(), job.books().readyAt(), null);
        HistoryEvent event = new HistoryEvent(
                state.changedAt(),
                HistoryEvent.HOST,
                JobStatus.RUNNING,
                JobStatus.RUNNING,
                null,
                new HistoryEvent.HistoryRun(
                        state.run().host(), state.run().number(), state.run().attempt(), null),
                what);
        return new Move(job, state, books, event, null, EdgeChange.NONE);
    }

    /** Requeues a job after a further loss of its host. */
    public static Move lose(StoredJob job) {
        SchedulingState old = job.books();
        SchedulingState books = books(job, old.losses() + 1, old.cancelRequested(), null, null);
        return move(job, state(job, JobStatus.QUEUED, Reason.HOST_LOST), books, null, Set.of());
    }

    private static SchedulingState books(
            StoredJob job, int losses, boolean cancelRequested, @Nullable UUID incarnation, @Nullable Instant dueAt) {
        SchedulingState old = job.books();
        return new SchedulingState(
                old.version() + 1, 0, losses, cancelRequested, incarnation, old.readyAt(), dueAt, old.versions());
    }

    /** Lets a job wait for a time. */
    public static Move delay(StoredJob job, Instant dueAt) {
        return delay(job, Reason.RETRY, dueAt);
    }

    /** Lets a job wait for a time, with a reason. */
    public static Move delay(StoredJob job, Reason reason, Instant dueAt) {
        return move(job, state(job, JobStatus.WAITING, reason), books(job, 0, null, null, dueAt), null, Set.of());
    }

    /** Lets a job wait for jobs that it has submitted, regardless of edges that remain from an earlier wait. */
    public static Move awaitChildren(StoredJob job, Set<JobId> children) {
        Move plain = move(
                job,
                state(job, JobStatus.WAITING, Reason.CHILDREN),
                books(job, children.size(), null, null, null),
                null,
                Set.of());
        EdgeChange edges = new EdgeChange(children, children, Set.of());
        return new Move(job, plain.state(), plain.books(), plain.event(), null, edges);
    }

    /** Releases a waiting job from some of its dependencies. After the last dependency, the job is queued. */
    public static Move release(StoredJob job, JobId... parents) {
        int remaining = job.books().pending() - parents.length;
        JobState state = remaining == 0
                ? state(job, JobStatus.QUEUED, null)
                : state(job, JobStatus.WAITING, Reason.DEPENDENCIES);
        return move(
                job, state, books(job, remaining, null, remaining == 0 ? now(job) : null, null), null, Set.of(parents));
    }

    /** Changes only the accounting, for example when a dependency ends that the job no longer waits for. */
    public static Move keepBooks(StoredJob job) {
        SchedulingState books =
                books(job, 0, null, job.books().readyAt(), job.books().dueAt());
        return new Move(job, job.job().state(), books, null, null, EdgeChange.NONE);
    }

    /** Releases a waiting job as a {@link io.jobyard.spi.store.ReleaseRule} does. */
    public static Move release(StoredJob job, List<Edge> edges) {
        return release(job, edges.stream().map(Edge::parent).toArray(JobId[]::new));
    }

    /** Ends a waiting job because of its dependencies. */
    public static Move end(StoredJob job, List<Edge> edges, String error) {
        Move end = fail(job, error);
        Set<JobId> parents = edges.stream().map(Edge::parent).collect(Collectors.toSet());
        return new Move(job, end.state(), end.books(), end.event(), null, new EdgeChange(parents, Set.of(), parents));
    }

    /** Changes the terms of a job, which may also enter or leave its lane. */
    public static Move change(
            StoredJob job, JobChange change, JobStatus status, @Nullable Reason reason, @Nullable Instant dueAt) {
        JobTerms terms = change.applyTo(job.job().terms());
        Instant position = job.books().readyAt();
        Instant readyAt = status == JobStatus.QUEUED && position == null ? now(job) : position;
        SchedulingState books = books(job, job.books().pending(), null, readyAt, dueAt);
        Move plain = move(job, state(job, status, reason), books, null, Set.of());
        return new Move(job, terms, plain.state(), books, plain.event(), null, EdgeChange.NONE);
    }

    /** Replaces a queued job with another job. */
    public static Move replace(StoredJob job, JobTerms terms) {
        SchedulingState books =
                books(job, job.books().pending(), null, job.books().readyAt(), null);
        Move plain = move(job, state(job, JobStatus.QUEUED, null), books, null, Set.of());
        return new Move(job, terms, plain.state(), books, plain.event(), null, EdgeChange.NONE);
    }

    private static Instant now(StoredJob job) {
        return Draft.T0.plusSeconds(job.books().version());
    }

    private static JobState state(StoredJob job, JobStatus status, @Nullable Reason reason) {
        JobState old = job.job().state();
        return new JobState(status, reason, now(job), null, old.error(), old.run());
    }

    private static SchedulingState books(
            StoredJob job,
            int pending,
            @Nullable UUID incarnation,
            @Nullable Instant readyAt,
            @Nullable Instant dueAt) {
        return new SchedulingState(
                job.books().version() + 1,
                pending,
                job.books().losses(),
                job.books().cancelRequested(),
                incarnation,
                readyAt,
                dueAt,
                job.books().versions());
    }

    private static Move move(
            StoredJob job, JobState state, SchedulingState books, @Nullable String result, Set<JobId> released) {
        HistoryEvent event = new HistoryEvent(
                state.changedAt(),
                HistoryEvent.HOST,
                job.job().status(),
                state.status(),
                state.reason(),
                new HistoryEvent.HistoryRun(
                        state.run().host(),
                        state.run().number(),
                        state.run().attempt(),
                        state.status() == JobStatus.RUNNING ? HANDLER : null),
                "");
        return new Move(job, state, books, event, result, EdgeChange.released(released));
    }
}
