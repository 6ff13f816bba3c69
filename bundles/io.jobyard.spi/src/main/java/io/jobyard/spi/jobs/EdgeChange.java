// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobId;
import java.util.Set;

/**
 * What a change of a job does to the edges that lead to it.
 *
 * @param released dependencies whose edges go; it may have none to some of them if an operator gives it another life
 * @param awaited dependencies to which it gets an edge, after those are gone
 * @param blamed dependencies whose bad end ended it, kept until it gets another life
 */
public record EdgeChange(Set<JobId> released, Set<JobId> awaited, Set<JobId> blamed) {

    /** Nothing. */
    public static final EdgeChange NONE = released(Set.of());

    public EdgeChange {
        released = Set.copyOf(released);
        awaited = Set.copyOf(awaited);
        blamed = Set.copyOf(blamed);
    }

    /**
     * Edges that only go.
     *
     * @param parents dependencies that have ended
     */
    public static EdgeChange released(Set<JobId> parents) {
        return new EdgeChange(parents, Set.of(), Set.of());
    }
}
