// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * A job's place in its lane.
 *
 * @param readyAt when it became ready, in microseconds
 * @param id the job; decides between equal instants
 * @param estimate how much of each unit a run is expected to use; empty unless its lane is an estimated one
 */
public record ReadyJob(Instant readyAt, JobId id, Map<String, Double> estimate) implements Comparable<ReadyJob> {

    private static final Comparator<ReadyJob> ORDER =
            Comparator.comparing(ReadyJob::readyAt).thenComparing(ReadyJob::id);

    public ReadyJob {
        estimate = Map.copyOf(estimate);
    }

    /**
     * A job that says nothing of what it uses.
     *
     * @param readyAt when it became ready, in microseconds
     * @param id the job; decides between equal instants
     */
    public ReadyJob(Instant readyAt, JobId id) {
        this(readyAt, id, Map.of());
    }

    @Override
    public int compareTo(ReadyJob other) {
        return ORDER.compare(this, other);
    }
}
