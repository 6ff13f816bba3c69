// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobId;
import java.util.Set;

/**
 * Changes of the edges from dependencies to a job.
 *
 * @param released dependencies whose edges are removed; some may not exist if an operator retries the job
 * @param awaited dependencies that get an edge, after the removals
 * @param blamed dependencies whose failure or cancel ended the job, kept until it is retried
 */
public record EdgeChange(Set<JobId> released, Set<JobId> awaited, Set<JobId> blamed) {

    /** No change. */
    public static final EdgeChange NONE = released(Set.of());

    public EdgeChange {
        released = Set.copyOf(released);
        awaited = Set.copyOf(awaited);
        blamed = Set.copyOf(blamed);
    }

    /** Creates a change that only removes the edges from finished dependencies. */
    public static EdgeChange released(Set<JobId> parents) {
        return new EdgeChange(parents, Set.of(), Set.of());
    }
}
