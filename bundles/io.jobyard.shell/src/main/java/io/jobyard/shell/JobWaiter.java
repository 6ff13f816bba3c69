// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StoreException;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a job and shows its result. */
final class JobWaiter {

    /** Longer than any host runs, and short enough in nanoseconds for a {@code long}. */
    static final Duration WITHOUT_END = Duration.ofDays(36_500);

    /** Interval between reads of the progress. The end of the job is noticed immediately. */
    private static final Duration TURN = Duration.ofMillis(500);

    private final JobManager manager;
    private final StatusReporter status;

    JobWaiter(JobManager manager, StatusReporter status) {
        this.manager = manager;
        this.status = status;
    }

    /** Prints only the job, at its end or after the timeout. The exit code is 1 unless the job completed. */
    Answer silently(JobId id, Duration atMost) throws InterruptedException {
        Job job = manager.await(id, atMost);
        Reported<Job> told = new Reported<>(status.status(id), status);
        return Answer.of(JobView.JOB, told, (each, screen) -> new JobDetails(each, screen).print())
                .failedIf(!isCompleted(job));
    }

    /** Prints events of the job, and then its result. The exit code is 1 unless the job completed. */
    Answer follow(LiveJob live, JobId id, Duration atMost, Screen screen) throws InterruptedException {
        Job job = manager.job(id);
        live.tell(job);
        for (Duration left = atMost; !job.status().isFinished() && !left.isZero(); ) {
            Duration turn = left.compareTo(TURN) < 0 ? left : TURN;
            job = next(job, turn, live);
            left = left.minus(turn);
        }
        if (job.status().isFinished()) {
            ResultCommand.print(status.result(id), screen);
        } else {
            screen.error("job " + id + " is still " + JobText.state(job)
                    + (atMost.isZero() ? "" : " after " + JobText.duration(atMost))
                    + "; the job continues");
        }
        return Answer.printed(isCompleted(job) ? 0 : 1);
    }

    /** Returns the next state of the job. Continues while the store is not available. */
    private Job next(Job before, Duration turn, LiveJob live) throws InterruptedException {
        try {
            Job job = manager.await(before.id(), turn);
            live.tell(job);
            return job;
        } catch (StoreException e) {
            TimeUnit.NANOSECONDS.sleep(turn.toNanos());
            return before;
        }
    }

    private static boolean isCompleted(Job job) {
        return job.status() == JobStatus.COMPLETED;
    }

    boolean completes(JobId id) throws InterruptedException {
        return isCompleted(manager.await(id, WITHOUT_END));
    }
}
