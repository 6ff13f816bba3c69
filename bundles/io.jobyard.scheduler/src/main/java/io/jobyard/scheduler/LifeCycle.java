// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static io.jobyard.api.JobStatus.CANCELLED;
import static io.jobyard.api.JobStatus.COMPLETED;
import static io.jobyard.api.JobStatus.FAILED;
import static io.jobyard.api.JobStatus.QUEUED;
import static io.jobyard.api.JobStatus.RUNNING;
import static io.jobyard.api.JobStatus.WAITING;

import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every allowed move of a job. No other place defines moves; the picture in the docs is generated from here. */
enum LifeCycle {
    ADMITTED(null, QUEUED, null, "admitted, nothing to wait for"),
    ADMITTED_DEPENDENT(null, WAITING, Reason.DEPENDENCIES, "admitted, has unfinished dependencies"),
    ADMITTED_EARLY(null, WAITING, Reason.TIME, "admitted, notBefore lies ahead"),
    READY(
            WAITING,
            QUEUED,
            null,
            "its dependencies or children finished, its time came, its delay is over, or it got its signal or answer"),
    READY_LATER(WAITING, WAITING, Reason.TIME, "its dependencies finished or its delay is over, notBefore lies ahead"),
    DEPENDENCY_FAILED(WAITING, FAILED, Reason.DEPENDENCY, "a dependency ended badly (policy fail)"),
    DEPENDENCY_CANCELLED(WAITING, CANCELLED, Reason.DEPENDENCY, "a dependency ended badly (policy cancel)"),
    WAITING_EXPIRED(
            WAITING, FAILED, Reason.EXPIRED, "expires or deadline passed, before its start or between two attempts"),
    QUEUED_EXPIRED(
            QUEUED, FAILED, Reason.EXPIRED, "expires or deadline passed, before its start or between two attempts"),
    UNKNOWN_TYPE(QUEUED, FAILED, Reason.UNKNOWN_TYPE, "no handler ever served its type within handler.grace.seconds"),
    OVERSIZED(QUEUED, FAILED, Reason.ERROR, "it needs more than a limit with oversize = fail can ever give"),
    STARTED(QUEUED, RUNNING, null, "claimed for a worker: run + 1, attempt + 1"),
    HANDLER_RETURNED(RUNNING, COMPLETED, null, "the handler returned; result stored"),
    RETRY(RUNNING, WAITING, Reason.RETRY, "it failed, timed out or ended its host, and attempts are left"),
    RATE_LIMITED(RUNNING, WAITING, Reason.RATE_LIMITED, "its handler met a limit: the attempt is given back"),
    SLEPT(RUNNING, WAITING, Reason.SLEEP, "its handler gave its worker back for a while: the attempt is given back"),
    WAITS_FOR_SIGNAL(RUNNING, WAITING, Reason.SIGNAL, "its handler waits for a signal: the attempt is given back"),
    WAITS_FOR_CHILDREN(
            RUNNING,
            WAITING,
            Reason.CHILDREN,
            "its handler waits for jobs that it has submitted: the attempt is given back"),
    WAITS_FOR_CALLBACK(
            RUNNING,
            WAITING,
            Reason.CALLBACK,
            "its handler waits for an answer from outside: the attempt is given back"),
    GOES_ON(RUNNING, QUEUED, null, "what its handler waits for came at that moment: the attempt is given back"),
    AWAITS_LIMITS(
            RUNNING,
            QUEUED,
            null,
            "the limits let no further call of its handler through: its next start takes for that call, the attempt is"
                    + " given back"),
    FAILED_ERROR(RUNNING, FAILED, Reason.ERROR, "no attempt left, or the failure is final"),
    FAILED_TIMEOUT(RUNNING, FAILED, Reason.TIMEOUT, "it timed out and no attempt is left"),
    PAST_DEADLINE(RUNNING, FAILED, Reason.EXPIRED, "its deadline passed during the run"),
    GIVEN_BACK(RUNNING, QUEUED, Reason.INTERRUPTED, "its handler left, the host stopped, or it was not begun"),
    LEFT_CANARY(
            RUNNING,
            QUEUED,
            Reason.CANARY_GONE,
            "the canary that ran it was quarantined, rolled back, replaced or deleted: the attempt is given back, and the job"
                    + " goes to another version"),
    PROGRESSED(
            RUNNING,
            QUEUED,
            Reason.PROGRESS,
            "it timed out and had stored a new step: the attempt is given back, progress.retries times at most"),
    CANCELLED_WAITING(WAITING, CANCELLED, null, "somebody cancelled it"),
    CANCELLED_QUEUED(QUEUED, CANCELLED, null, "somebody cancelled it"),
    CANCEL_ASKED(RUNNING, RUNNING, null, "somebody cancelled it: the handler is told to end"),
    MIGRATED(RUNNING, RUNNING, null, "its payload was migrated for the handler that runs it"),
    CANCELLED_RUNNING(RUNNING, CANCELLED, null, "the run ended after somebody cancelled it"),
    RETRIED_FAILED(FAILED, QUEUED, null, "an operator retried it: attempts start again, runs go on"),
    RETRIED_FAILED_DEPENDENT(
            FAILED, WAITING, Reason.DEPENDENCIES, "an operator retried it, and a dependency has not completed"),
    RETRIED_FAILED_EARLY(FAILED, WAITING, Reason.TIME, "an operator retried it, and notBefore lies ahead"),
    RETRIED_CANCELLED(CANCELLED, QUEUED, null, "an operator retried it: attempts start again, runs go on"),
    RETRIED_CANCELLED_DEPENDENT(
            CANCELLED, WAITING, Reason.DEPENDENCIES, "an operator retried it, and a dependency has not completed"),
    RETRIED_CANCELLED_EARLY(CANCELLED, WAITING, Reason.TIME, "an operator retried it, and notBefore lies ahead"),
    CHANGED_WAITING(
            WAITING,
            WAITING,
            null,
            "somebody changed its priority, queue, labels, notBefore or limits, or replaced it by its key; the reason stays"),
    CHANGED_QUEUED(
            QUEUED,
            QUEUED,
            null,
            "somebody changed its priority, queue, labels or limits, or replaced it by its key; reason and position stay"),
    PUT_OFF(QUEUED, WAITING, Reason.TIME, "somebody changed notBefore, which lies ahead now"),
    BROUGHT_FORWARD(WAITING, QUEUED, null, "somebody changed notBefore, which has come now"),
    PAUSED_QUEUED(QUEUED, WAITING, Reason.PAUSED, "somebody paused it"),
    PAUSED_WAITING(WAITING, WAITING, Reason.PAUSED, "somebody paused it"),
    RESUMED(WAITING, QUEUED, null, "somebody resumed it, or its pause is over"),
    RESUMED_DEPENDENT(
            WAITING,
            WAITING,
            Reason.DEPENDENCIES,
            "somebody resumed it, or its pause is over, and it has unfinished dependencies"),
    RESUMED_EARLY(WAITING, WAITING, Reason.TIME, "somebody resumed it, or its pause is over, and notBefore lies ahead"),
    HOST_LOST(RUNNING, QUEUED, Reason.HOST_LOST, "its incarnation ended without a word"),
    CRASHED(
            RUNNING,
            FAILED,
            Reason.CRASH,
            "it ran alone when its incarnation ended, or its handler ended the process, and no attempt is left");

    private final @Nullable JobStatus from;
    private final JobStatus to;
    private final @Nullable Reason reason;
    private final String when;

    LifeCycle(@Nullable JobStatus from, JobStatus to, @Nullable Reason reason, String when) {
        this.from = from;
        this.to = to;
        this.reason = reason;
        this.when = when;
    }

    @Nullable
    JobStatus from() {
        return from;
    }

    JobStatus to() {
        return to;
    }

    @Nullable
    Reason reason() {
        return reason;
    }

    /** Whether the job keeps its status and its reason. */
    boolean keepsState() {
        return this == CHANGED_WAITING || this == CHANGED_QUEUED;
    }

    String when() {
        return when;
    }

    static LifeCycle admitted(Placement placement) {
        return switch (placement) {
            case DEPENDENT -> ADMITTED_DEPENDENT;
            case EARLY -> ADMITTED_EARLY;
            case READY -> ADMITTED;
        };
    }

    /** Returns the move after a pause, by the remaining condition. */
    static LifeCycle resumed(Placement placement) {
        return switch (placement) {
            case DEPENDENT -> RESUMED_DEPENDENT;
            case EARLY -> RESUMED_EARLY;
            case READY -> RESUMED;
        };
    }

    /** Returns the retry of a job that ended with this status. */
    static LifeCycle retried(JobStatus ended, Placement placement) {
        boolean failed = ended == FAILED;
        return switch (placement) {
            case DEPENDENT -> failed ? RETRIED_FAILED_DEPENDENT : RETRIED_CANCELLED_DEPENDENT;
            case EARLY -> failed ? RETRIED_FAILED_EARLY : RETRIED_CANCELLED_EARLY;
            case READY -> failed ? RETRIED_FAILED : RETRIED_CANCELLED;
        };
    }

    /** Returns all moves, in the order of the docs. */
    static List<LifeCycle> moves() {
        return List.of(values());
    }

    /** Rejects a move that starts from another status. */
    void require(@Nullable JobStatus actual) {
        if (actual != from) {
            throw new IllegalStateException("a job that is " + actual + " cannot move to " + to + " by " + this);
        }
    }
}
