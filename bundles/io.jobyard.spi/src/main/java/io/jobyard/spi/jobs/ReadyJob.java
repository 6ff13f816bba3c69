// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * Position of a job in its lane.
 *
 * @param readyAt time at which it became ready, in microseconds since 1970 UTC
 * @param id ID of the job; decides the order of equal times
 * @param estimate expected use of each unit by a run; empty unless its lane is estimated
 */
public record ReadyJob(Instant readyAt, JobId id, Map<String, Double> estimate) implements Comparable<ReadyJob> {

    private static final Comparator<ReadyJob> ORDER =
            Comparator.comparing(ReadyJob::readyAt).thenComparing(ReadyJob::id);

    public ReadyJob {
        estimate = Map.copyOf(estimate);
    }

    /** Creates the position of a job without an estimate. */
    public ReadyJob(Instant readyAt, JobId id) {
        this(readyAt, id, Map.of());
    }

    @Override
    public int compareTo(ReadyJob other) {
        return ORDER.compare(this, other);
    }
}
