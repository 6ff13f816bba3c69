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

/** Waits for a job and shows what it came to. */
final class JobWaiter {

    /** Longer than a host runs, short enough to be counted in nanoseconds. */
    static final Duration WITHOUT_END = Duration.ofDays(36_500);

    /** The interval between looks at progress. The end of the job is seen at once. */
    private static final Duration TURN = Duration.ofMillis(500);

    private final JobManager manager;
    private final StatusReporter status;

    JobWaiter(JobManager manager, StatusReporter status) {
        this.manager = manager;
        this.status = status;
    }

    /** Prints only the job, at its end or after that time; exit 1 unless it completed. */
    Answer silently(JobId id, Duration atMost) throws InterruptedException {
        Job job = manager.await(id, atMost);
        Reported<Job> told = new Reported<>(status.status(id), status);
        return Answer.of(JobView.JOB, told, (each, screen) -> new JobDetails(each, screen).print())
                .failedIf(!isCompleted(job));
    }

    /** Prints what happens, and then the result; exit 1 unless the job completed. */
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

    /** Goes on while the store does not answer. */
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
