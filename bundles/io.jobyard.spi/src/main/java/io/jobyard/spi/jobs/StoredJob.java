// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as the store holds it, without its payload and result.
 *
 * @param job what everybody may see
 * @param books what the host keeps for itself
 */
public record StoredJob(Job job, SchedulingState books) implements JobSummary {

    @Override
    public JobId id() {
        return job.id();
    }

    @Override
    public int version() {
        return books.version();
    }

    @Override
    public LaneKey lane() {
        return LaneKey.of(this);
    }

    @Override
    public JobStatus status() {
        return job.status();
    }

    @Override
    public @Nullable Reason reason() {
        return job.state().reason();
    }

    @Override
    public int run() {
        return job.state().run().number();
    }

    @Override
    public @Nullable UUID incarnation() {
        return books.incarnation();
    }

    @Override
    public @Nullable String queue() {
        return TallyKey.queue(job);
    }

    @Override
    public boolean cancelRequested() {
        return books.cancelRequested();
    }

    @Override
    public Instant changedAt() {
        return job.state().changedAt();
    }

    @Override
    public @Nullable Instant startedAt() {
        return job.state().run().startedAt();
    }

    @Override
    public @Nullable Instant readyAt() {
        return books.readyAt();
    }

    @Override
    public @Nullable Instant dueAt() {
        return books.dueAt();
    }

    @Override
    public Map<String, Double> estimate() {
        return job.terms().demand().estimate();
    }

    /**
     * Whether its present attempt is the last that its terms allow.
     *
     * @return true if a failure that is charged ends it
     */
    public boolean isLastAttempt() {
        return job.state().run().attempt() > job.terms().runs().maxRetries();
    }
}
