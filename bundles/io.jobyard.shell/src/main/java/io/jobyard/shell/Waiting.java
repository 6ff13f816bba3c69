// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import java.time.Duration;

/** Waits for a job and shows what it came to. */
final class Waiting {

    /** Longer than a host runs, short enough to be counted in nanoseconds. */
    static final Duration WITHOUT_END = Duration.ofDays(36_500);

    private final JobManager manager;
    private final StatusReporter status;

    Waiting(JobManager manager, StatusReporter status) {
        this.manager = manager;
        this.status = status;
    }

    /** Returns the exit code: 0 if the job completed. */
    int follow(JobId id, Duration atMost, Options options, Screen screen) throws InterruptedException {
        Job job = manager.await(id, atMost);
        if (options.json) {
            screen.json(new JobJson(status).whole(id));
        } else if (job.status().isFinal()) {
            ResultCommand.print(status.result(id), screen);
        } else {
            screen.error("job " + id + " is still " + JobText.state(job)
                    + (atMost.isZero() ? "" : " after " + JobText.duration(atMost))
                    + "; it goes on");
        }
        return job.status() == JobStatus.COMPLETED ? 0 : 1;
    }

    boolean completes(JobId id) throws InterruptedException {
        return manager.await(id, WITHOUT_END).status() == JobStatus.COMPLETED;
    }
}
