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

/** Every allowed transition of a job. No other class defines transitions; the diagram in the docs is generated from here. */
enum LifeCycle {
    ADMITTED(null, QUEUED, null, "admitted, nothing to wait for"),
    ADMITTED_DEPENDENT(null, WAITING, Reason.DEPENDENCIES, "admitted, has unfinished dependencies"),
    ADMITTED_EARLY(null, WAITING, Reason.TIME, "admitted, notBefore is in the future"),
    READY(
            WAITING,
            QUEUED,
            null,
            "its dependencies or children finished, its time came, its delay is over, or it got its signal or answer"),
    READY_LATER(
            WAITING,
            WAITING,
            Reason.TIME,
            "its dependencies finished or its delay is over, notBefore is in the future"),
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
    RATE_LIMITED(RUNNING, WAITING, Reason.RATE_LIMITED, "its handler reached a limit: the attempt does not count"),
    SLEPT(RUNNING, WAITING, Reason.SLEEP, "its handler sleeps without a worker: the attempt does not count"),
    WAITS_FOR_SIGNAL(RUNNING, WAITING, Reason.SIGNAL, "its handler waits for a signal: the attempt does not count"),
    WAITS_FOR_CHILDREN(
            RUNNING,
            WAITING,
            Reason.CHILDREN,
            "its handler waits for jobs that it has submitted: the attempt does not count"),
    WAITS_FOR_CALLBACK(
            RUNNING,
            WAITING,
            Reason.CALLBACK,
            "its handler waits for an answer from outside: the attempt does not count"),
    GOES_ON(RUNNING, QUEUED, null, "the wait of its handler ended at that moment: the attempt does not count"),
    AWAITS_LIMITS(
            RUNNING,
            QUEUED,
            null,
            "the limits allow no further call of its handler: its next start draws the amounts for that call, and the"
                    + " attempt does not count"),
    FAILED_ERROR(RUNNING, FAILED, Reason.ERROR, "no attempt left, or the failure is final"),
    FAILED_TIMEOUT(RUNNING, FAILED, Reason.TIMEOUT, "it timed out and no attempt is left"),
    PAST_DEADLINE(RUNNING, FAILED, Reason.EXPIRED, "its deadline passed during the run"),
    GIVEN_BACK(
            RUNNING, QUEUED, Reason.INTERRUPTED, "its handler was removed, the host stopped, or the run had not begun"),
    LEFT_CANARY(
            RUNNING,
            QUEUED,
            Reason.CANARY_GONE,
            "the canary that ran it was quarantined, rolled back, replaced or deleted: the attempt does not count,"
                    + " and another version runs the job"),
    PROGRESSED(
            RUNNING,
            QUEUED,
            Reason.PROGRESS,
            "it timed out after it had stored a new step: the attempt does not count, at most progress.retries times"),
    CANCELLED_WAITING(WAITING, CANCELLED, null, "a user cancelled it"),
    CANCELLED_QUEUED(QUEUED, CANCELLED, null, "a user cancelled it"),
    CANCEL_ASKED(RUNNING, RUNNING, null, "a user cancelled it: its handler is interrupted"),
    MIGRATED(RUNNING, RUNNING, null, "its payload was migrated for the handler that runs it"),
    CANCELLED_RUNNING(RUNNING, CANCELLED, null, "the run ended after a user cancelled it"),
    RETRIED_FAILED(FAILED, QUEUED, null, "an operator retried it: attempts count from 1 again, runs continue"),
    RETRIED_FAILED_DEPENDENT(
            FAILED, WAITING, Reason.DEPENDENCIES, "an operator retried it, and a dependency has not completed"),
    RETRIED_FAILED_EARLY(FAILED, WAITING, Reason.TIME, "an operator retried it, and notBefore is in the future"),
    RETRIED_CANCELLED(CANCELLED, QUEUED, null, "an operator retried it: attempts count from 1 again, runs continue"),
    RETRIED_CANCELLED_DEPENDENT(
            CANCELLED, WAITING, Reason.DEPENDENCIES, "an operator retried it, and a dependency has not completed"),
    RETRIED_CANCELLED_EARLY(CANCELLED, WAITING, Reason.TIME, "an operator retried it, and notBefore is in the future"),
    CHANGED_WAITING(
            WAITING,
            WAITING,
            null,
            "a user changed its priority, queue, labels, notBefore or limits, or replaced it by its key; the reason stays"),
    CHANGED_QUEUED(
            QUEUED,
            QUEUED,
            null,
            "a user changed its priority, queue, labels or limits, or replaced it by its key; reason and position stay"),
    PUT_OFF(QUEUED, WAITING, Reason.TIME, "a user changed notBefore, which is in the future now"),
    BROUGHT_FORWARD(WAITING, QUEUED, null, "a user changed notBefore, which has passed now"),
    PAUSED_QUEUED(QUEUED, WAITING, Reason.PAUSED, "a user paused it"),
    PAUSED_WAITING(WAITING, WAITING, Reason.PAUSED, "a user paused it"),
    RESUMED(WAITING, QUEUED, null, "a user resumed it, or its pause ended"),
    RESUMED_DEPENDENT(
            WAITING,
            WAITING,
            Reason.DEPENDENCIES,
            "a user resumed it, or its pause ended, and it has unfinished dependencies"),
    RESUMED_EARLY(
            WAITING, WAITING, Reason.TIME, "a user resumed it, or its pause ended, and notBefore is in the future"),
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

    /** Returns whether the job keeps its status and its reason. */
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

    /** Returns the transition after a pause, by the remaining condition. */
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

    /** Returns all transitions, in the order of the docs. */
    static List<LifeCycle> moves() {
        return List.of(values());
    }

    /** Throws an exception if the transition does not start from this status. */
    void require(@Nullable JobStatus actual) {
        if (actual != from) {
            throw new IllegalStateException("a job that is " + actual + " cannot move to " + to + " by " + this);
        }
    }
}
