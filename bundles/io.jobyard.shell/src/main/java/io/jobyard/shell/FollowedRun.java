// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Prints what a job gives as it comes, until the job is over or nobody reads any more. */
final class FollowedRun {

    private static final Duration TURN = Duration.ofMillis(100);

    private final JobManager jobs;
    private final Screen screen;

    FollowedRun(CommandUser user) {
        jobs = user.jobs();
        screen = user.screen();
    }

    /** What the job gave before its end is printed when this returns. */
    void until(JobId over, Runnable printNew) throws InterruptedException {
        printNew.run();
        while (!screen.out().checkError() && !turn(over, printNew)) {
            // the turn is the wait
        }
    }

    /** Whether the job was over before the latest look. Goes on while the store does not answer. */
    private boolean turn(JobId id, Runnable printNew) throws InterruptedException {
        try {
            boolean isFinished = jobs.await(id, TURN).status().isFinished();
            printNew.run();
            return isFinished;
        } catch (StoreException e) {
            TimeUnit.NANOSECONDS.sleep(TURN.toNanos());
            return false;
        }
    }
}
