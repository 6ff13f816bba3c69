// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;

/**
 * Numbers of jobs at one time. A snapshot.
 *
 * @param at the minute of the sample; for an average over an hour, the start of the hour
 * @param counts one entry for each queue and type with a queued, running or failed job, the largest first
 */
public record JobSample(Instant at, List<SampledCount> counts) {

    public JobSample {
        counts = List.copyOf(counts);
    }
}
