// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Blocker;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.PendingJob;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists the ready jobs in starting order. */
final class PendingJobs {

    /** Number of positions to search first. It is multiplied by {@code TIMES} while the result is too small. */
    static final int FEW = 64;

    private static final int TIMES = 4;

    private PendingJobs() {}

    /** Returns the matching jobs among the first ones, each with its position among all jobs. */
    static List<PendingJob> of(QueueManager queue, JobReads store, JobFilter filter, int limit) {
        int most = filter.equals(JobFilter.ALL) ? limit : PendingJob.MOST;
        for (int look = Math.min(most, Math.max(limit, FEW)); ; look = Math.min(most, TIMES * look)) {
            List<ClaimCandidate> positions = queue.lanes().upcoming(look);
            List<PendingJob> pending = among(positions, queue, store, filter, limit);
            if (pending.size() == limit || positions.size() < look || look == most) {
                return pending;
            }
        }
    }

    private static List<PendingJob> among(
            List<ClaimCandidate> positions, QueueManager queue, JobReads store, JobFilter filter, int limit) {
        List<JobId> ids =
                positions.stream().map(position -> position.position().id()).toList();
        Map<JobId, StoredJob> jobs = store.jobs(ids);
        Map<LaneKey, List<Blocker>> shutBy = new HashMap<>();
        List<PendingJob> pending = new ArrayList<>();
        int at = 0;
        for (ClaimCandidate position : positions) {
            StoredJob stored = jobs.get(position.position().id());
            if (stored == null || stored.job().status() != JobStatus.QUEUED) { // the job may have started since
                continue;
            }
            at++;
            Job job = stored.job();
            if (pending.size() < limit && filter.matches(job, queue.rules().route(TallyKey.queue(job), job.type()))) {
                List<Blocker> blockers = shutBy.computeIfAbsent(
                        position.lane(),
                        lane -> queue.lanes()
                                .lane(lane, List.of())
                                .map(LaneView::shutBy)
                                .orElse(List.of()));
                pending.add(new PendingJob(at, job, blockers));
            }
        }
        return pending;
    }
}
