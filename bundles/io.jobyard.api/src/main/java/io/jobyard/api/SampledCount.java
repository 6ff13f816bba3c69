// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Numbers of jobs of one queue and type at the time of a sample. A snapshot.
 *
 * @param queue queue of the jobs; null for the sum of the smallest counts, which the sample does not list separately
 * @param type type of the jobs; null for that sum
 * @param queued number of ready jobs
 * @param running number of running jobs
 * @param failed number of failed jobs in the store; a removed job no longer counts
 */
public record SampledCount(@Nullable String queue, @Nullable String type, long queued, long running, long failed) {

    /** {@return the number of all its jobs} */
    public long total() {
        return queued + running + failed;
    }

    /** {@return the sum of two counts, under the queue and the type of this one} */
    public SampledCount plus(SampledCount other) {
        return new SampledCount(queue, type, queued + other.queued, running + other.running, failed + other.failed);
    }
}
