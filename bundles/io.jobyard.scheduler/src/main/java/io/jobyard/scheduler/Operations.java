// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.KeyTakenException;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.RunMonitor;
import io.jobyard.api.spi.StoredJob;
import java.util.function.Function;

/** What people do to single jobs. Safe for use by several threads. */
final class Operations {

    private final JobRepository repository;
    private final Decisions decisions;
    private final RunMonitor runs;

    Operations(JobRepository repository, Decisions decisions, RunMonitor runs) {
        this.repository = repository;
        this.decisions = decisions;
        this.runs = runs;
    }

    Job cancel(JobId id, String who) {
        Job job = change(id, stored -> decisions.cancel(stored, who));
        if (job.status() == JobStatus.RUNNING) {
            runs.cancel(id, job.state().run());
        }
        return job;
    }

    Job retry(JobId id, String who) {
        try {
            return change(id, stored -> decisions.retry(stored, who));
        } catch (KeyTakenException e) {
            throw new StateConflictException("job " + id + " cannot be retried: " + e.getMessage());
        }
    }

    /** Decides on the job as it is and stores that; decides anew if the job has changed in between. */
    private Job change(JobId id, Function<StoredJob, Move> decision) {
        while (true) {
            StoredJob stored = repository.job(id).orElseThrow(() -> new JobNotFoundException(id.toString()));
            Move move = decision.apply(stored);
            if (Futures.join(repository.move(move, decisions::release))) {
                return move.after().job();
            }
        }
    }
}
