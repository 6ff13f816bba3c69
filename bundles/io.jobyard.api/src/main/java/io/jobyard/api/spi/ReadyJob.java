// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.Comparator;

/**
 * A job's place in its lane.
 *
 * @param readyAt when it became ready, in microseconds
 * @param id the job; decides between equal instants
 */
public record ReadyJob(Instant readyAt, JobId id) implements Comparable<ReadyJob> {

    private static final Comparator<ReadyJob> ORDER =
            Comparator.comparing(ReadyJob::readyAt).thenComparing(ReadyJob::id);

    @Override
    public int compareTo(ReadyJob other) {
        return ORDER.compare(this, other);
    }
}
