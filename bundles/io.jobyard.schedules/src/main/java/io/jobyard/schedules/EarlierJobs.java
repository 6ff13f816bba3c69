// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.schedules.StoredSchedule;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State of the earlier jobs of a schedule.
 *
 * @param open unfinished jobs, the job of the latest scheduled time first
 * @param lastCompleted time at which the last one completed; null if none has, or if the value is not needed
 */
record EarlierJobs(List<JobId> open, @Nullable Instant lastCompleted) {

    static final EarlierJobs NONE = new EarlierJobs(List.of(), null);

    /** Maximum number of jobs to read: those of the latest times. */
    private static final int LATEST = 20;

    EarlierJobs {
        open = List.copyOf(open);
    }

    /** Returns whether the next job depends on which earlier jobs are unfinished. */
    static boolean matter(Plan plan) {
        return plan.asked().overlap() != OverlapPolicy.ALLOW;
    }

    /** Returns whether the payload of the next job contains the time of the last completion. */
    static boolean lastMatters(Plan plan) {
        return PayloadTemplate.asksForLast(plan.asked().job().payload());
    }

    /** Reads the stored jobs, without those of a backfill. */
    static EarlierJobs read(ScheduleStore store, StoredSchedule row) {
        List<StoredJob> latest = store.latestJobs(row.name(), LATEST);
        JobId beside = row.backfill() == null ? null : row.backfill().job();
        List<JobId> open = latest.stream()
                .filter(job -> !job.status().isFinished())
                .map(StoredJob::id)
                .filter(job -> !job.equals(beside))
                .toList();
        return new EarlierJobs(open, lastCompleted(latest));
    }

    private static @Nullable Instant lastCompleted(List<StoredJob> latest) {
        return latest.stream()
                .filter(job -> job.status() == JobStatus.COMPLETED)
                .map(job -> job.job().state().completedAt())
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }
}
