// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobTerms;
import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.JobVersions;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builder of a {@link Move}. It begins with the job's state and applies changes. Only for one thread. */
final class MoveBuilder {

    private final StoredJob before;
    private final LifeCycle move;
    private final Instant now;
    private JobTerms terms;
    private int run;
    private int attempt;
    private @Nullable Instant startedAt;
    private @Nullable String error;
    private @Nullable String host;
    private @Nullable String queue;
    private @Nullable String begunWith;
    private JobVersions versions;
    private int pending;
    private int losses;
    private boolean cancelRequested;
    private String who = HistoryEvent.HOST;
    private @Nullable UUID incarnation;
    private @Nullable Instant readyAt;
    private @Nullable Instant dueAt;
    private @Nullable String result;
    private String why = "";
    private @Nullable HandlerName handler;
    private EdgeChange edges = EdgeChange.NONE;

    /** Returns the time of a change: the current time, but never before the previous change, which another host may have made. */
    static Instant now(StoredJob job, Clock clock) {
        Instant now = clock.instant();
        Instant since = job.job().state().changedAt();
        return now.isBefore(since) ? since : now;
    }

    MoveBuilder(StoredJob before, LifeCycle move, Instant now) {
        JobState state = before.job().state();
        move.require(state.status());
        this.before = before;
        this.move = move;
        this.now = now;
        terms = before.job().terms();
        run = state.run().number();
        attempt = state.run().attempt();
        startedAt = state.run().startedAt();
        error = state.error();
        host = state.run().host();
        queue = state.run().queue();
        begunWith = state.run().begunWith();
        versions = before.books().versions();
        pending = before.books().pending();
        losses = before.books().losses();
        cancelRequested = before.books().cancelRequested();
        readyAt = before.books().readyAt();
    }

    /** Keeps the job on the version that it starts on. A job on a canary is marked until it starts on another version. */
    MoveBuilder starts(ServingHost serving, String inQueue, boolean isTried) {
        ServingHost on = isTried ? serving.withCanary() : serving;
        handler = on.handler();
        if (handler != null) {
            boolean stays = handler.version().equals(begunWith);
            versions = versions.withCanary(isTried || stays && versions.canary());
            begunWith = handler.version();
        }
        run++;
        attempt++;
        host = on.host();
        queue = inQueue;
        incarnation = on.incarnation();
        startedAt = null;
        error = null;
        return this;
    }

    MoveBuilder ran(@Nullable Instant since) {
        startedAt = since;
        return this;
    }

    MoveBuilder attemptGivenBack() {
        attempt--;
        return this;
    }

    MoveBuilder hostLost() {
        losses++;
        return leavesCanary();
    }

    /** Lets the job leave its version if its run was on a canary. */
    MoveBuilder leavesCanary() {
        begunWith = versions.canary() ? null : begunWith;
        return this;
    }

    /** Lets the job run on the handler version of new jobs. */
    MoveBuilder leavesVersion(boolean leaves) {
        begunWith = leaves ? null : begunWith;
        return this;
    }

    MoveBuilder terms(JobTerms agreed) {
        terms = agreed;
        return this;
    }

    MoveBuilder by(String user) {
        who = user;
        return this;
    }

    /** Records the cancel of a running job: the run continues, but the job will end as cancelled. */
    MoveBuilder cancelAsked() {
        cancelRequested = true;
        return goesOn();
    }

    MoveBuilder goesOn() {
        incarnation = before.books().incarnation();
        return this;
    }

    /** Sets another payload and its version, for a job that has not begun. */
    MoveBuilder madeFor(PayloadVersion payload) {
        handler = payload.handler();
        versions = payload.versions();
        return this;
    }

    /** Retries the job: the count of attempts restarts. */
    MoveBuilder anew() {
        attempt = 0;
        losses = 0;
        begunWith = null;
        versions = versions.withCanary(false);
        error = null;
        cancelRequested = false;
        return this;
    }

    MoveBuilder error(String text) {
        error = text;
        why = text;
        return this;
    }

    MoveBuilder because(String text) {
        why = text;
        return this;
    }

    MoveBuilder result(String json) {
        result = json;
        return this;
    }

    /** Sets the time at which the job became ready and its next due time, by the placement after the move. */
    MoveBuilder placed(Placement placement) {
        readyAt = placement == Placement.READY ? now : readyAt;
        return dueAt(placement.dueAt(terms));
    }

    MoveBuilder dueAt(@Nullable Instant instant) {
        dueAt = instant;
        return this;
    }

    /**
     * Makes the job wait for the delay, or until it expires.
     *
     * @param words text before the time in the history
     * @param text error; null for none
     */
    MoveBuilder waitsFor(Duration delay, String words, @Nullable String text) {
        Instant next = now.plus(delay);
        why = (text == null ? "" : text + "; ") + words + " " + next;
        return dueAt(Placement.earlier(next, before.job().terms().times().expiry()));
    }

    /** Makes the job wait for a condition, until the given time at most. */
    MoveBuilder waitsFor(String what, @Nullable Instant until) {
        why = until == null ? what : what + " until " + until;
        return dueAt(Placement.earlier(until, before.job().terms().times().expiry()));
    }

    MoveBuilder released(Set<JobId> parents) {
        return released(parents, Set.of());
    }

    /**
     * Removes edges.
     *
     * @param blamed dependencies because of which the job ends
     */
    MoveBuilder released(Set<JobId> parents, Set<JobId> blamed) {
        edges = new EdgeChange(parents, Set.of(), blamed);
        pending -= parents.size();
        return this;
    }

    /** Ends the wait for children, and removes the edges to them. */
    MoveBuilder letsGo(Collection<JobId> children) {
        if (!children.isEmpty()) {
            edges = EdgeChange.released(Set.copyOf(children));
            pending = 0;
        }
        return this;
    }

    /** Sets the dependencies that the job waits for. They replace earlier ones. */
    MoveBuilder awaits(List<JobId> dependencies, Set<JobId> awaited) {
        edges = new EdgeChange(Set.copyOf(dependencies), awaited, Set.of());
        pending = awaited.size();
        return this;
    }

    Move move() {
        Job job = before.job();
        Instant completedAt = move.to().isFinished() ? now : null;
        JobState after = move.keepsState()
                ? job.state()
                : new JobState(
                        move.to(),
                        move.reason(),
                        now,
                        completedAt,
                        error,
                        new JobState.RunState(run, attempt, startedAt, host, queue, begunWith));
        SchedulingState books = new SchedulingState(
                before.books().version() + 1, pending, losses, cancelRequested, incarnation, readyAt, dueAt, versions);
        HistoryEvent event = new HistoryEvent(
                now,
                who,
                job.status(),
                move.to(),
                after.reason(),
                new HistoryEvent.HistoryRun(host, run, attempt, handler),
                why);
        return new Move(before, terms, after, books, event, result, edges);
    }
}
