// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StepKind;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.StoredStep;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides about jobs whose handler waits without a worker. It only reads the job and the clock. */
final class WaitDecisions {

    private final Clock clock;

    WaitDecisions(Clock clock) {
        this.clock = clock;
    }

    /** Ends a run whose job waits. The job has edges to its children only while it waits for them. */
    Move waits(StoredJob job, @Nullable Instant startedAt, StoredStep wait) {
        MoveBuilder next =
                decide(job, move(wait.kind())).ran(startedAt).attemptGivenBack().waitsFor(words(wait), wait.dueAt());
        return (wait.kind() == StepKind.CHILDREN ? next.awaits(List.of(), Set.copyOf(wait.children())) : next).move();
    }

    /** Ends a run whose job need not wait, because the condition was met meanwhile. */
    Move goesOn(StoredJob job, @Nullable Instant startedAt, StoredStep wait) {
        return decide(job, LifeCycle.GOES_ON)
                .ran(startedAt)
                .attemptGivenBack()
                .because(wait.name() + " ended at that moment")
                .dueAt(job.job().terms().times().expiry())
                .move();
    }

    /** Wakes a job by the signal or answer that it waits for. */
    Move woken(StoredJob job, String who, String why) {
        return decide(job, LifeCycle.READY)
                .by(who)
                .because(why)
                .placed(Placement.READY)
                .move();
    }

    /** Rejects the pause of a job that waits for children, because its edges are needed. A user can pause the children instead. */
    static void requirePausable(StoredJob job) {
        if (job.job().state().reason() == Reason.CHILDREN) {
            throw new StateConflictException("job " + job.id()
                    + " waits for jobs that it has submitted: pause these jobs, or their queue or type");
        }
    }

    private static LifeCycle move(StepKind kind) {
        return switch (kind) {
            case SLEEP -> LifeCycle.SLEPT;
            case SIGNAL -> LifeCycle.WAITS_FOR_SIGNAL;
            case CHILDREN -> LifeCycle.WAITS_FOR_CHILDREN;
            case CALLBACK -> LifeCycle.WAITS_FOR_CALLBACK;
            case STEP -> throw new IllegalArgumentException("a step is not a wait");
        };
    }

    private static String words(StoredStep wait) {
        List<JobId> children = wait.children();
        return switch (wait.kind()) {
            case SLEEP -> "sleeps";
            case CHILDREN -> "waits for " + (children.size() == 1 ? "1 child" : children.size() + " children");
            default -> "waits for " + wait.name();
        };
    }

    private MoveBuilder decide(StoredJob job, LifeCycle move) {
        return new MoveBuilder(job, move, MoveBuilder.now(job, clock));
    }
}
