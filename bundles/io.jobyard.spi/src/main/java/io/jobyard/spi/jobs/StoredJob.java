// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stored job, without its payload and result.
 *
 * @param job public part
 * @param books internal state
 */
public record StoredJob(Job job, SchedulingState books) implements JobSummary {

    @Override
    public JobId id() {
        return job.id();
    }

    @Override
    public JobState state() {
        return job.state();
    }

    @Override
    public LaneKey lane() {
        return LaneKey.of(this);
    }

    @Override
    public @Nullable String queue() {
        return TallyKey.queue(job);
    }

    @Override
    public Map<String, Double> estimate() {
        return job.terms().demand().estimate();
    }

    /** Returns whether the terms allow no attempt after the current attempt, so that a failure ends the job. */
    public boolean isLastAttempt() {
        return job.state().run().attempt() > job.terms().runs().maxRetries();
    }
}
