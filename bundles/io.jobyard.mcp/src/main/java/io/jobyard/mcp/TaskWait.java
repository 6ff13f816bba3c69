// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Call that waits for its job. */
final class TaskWait {

    private final CompletableFuture<Job> answer = new CompletableFuture<>();
    private final long deadline;
    private final Supplier<Job> job;
    private final Runnable progress;

    TaskWait(Duration timeout, Supplier<Job> job, Runnable progress) {
        deadline = System.nanoTime() + timeout.toNanos();
        this.job = job;
        this.progress = progress;
    }

    /** Returns the job once the wait is over; completes exceptionally if the job cannot be read. */
    CompletableFuture<Job> answer() {
        return answer;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** Checks whether the wait is over. */
    void look() {
        try {
            if (answer.isDone()) {
                return;
            }
            Job now = job.get();
            if (now.status().isFinished() || TaskView.waitsForSignal(now) || left().isZero()) {
                answer.complete(now);
            }
        } catch (RuntimeException | Error e) { // the caller must receive an answer, whatever the error is
            answer.completeExceptionally(e);
        }
    }

    /** Reports the progress. Completes the wait with a last check after the timeout. */
    void tick() {
        if (answer.isDone()) {
            return;
        }
        try {
            progress.run();
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
        if (left().isZero()) {
            look();
        }
    }
}
