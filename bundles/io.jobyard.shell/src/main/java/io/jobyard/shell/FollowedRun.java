// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Prints new output of a job until the job is finished or the reader is gone. */
final class FollowedRun {

    private static final Duration TURN = Duration.ofMillis(100);

    private final JobManager jobs;
    private final Screen screen;

    FollowedRun(CommandUser user) {
        jobs = user.jobs();
        screen = user.screen();
    }

    /** Prints until the job is finished, including all output before its end. */
    void until(JobId over, Runnable printNew) throws InterruptedException {
        printNew.run();
        while (!screen.out().checkError() && !turn(over, printNew)) {
            // turn() waits
        }
    }

    /** Returns whether the job was finished before the latest read. Continues while the store is not available. */
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
