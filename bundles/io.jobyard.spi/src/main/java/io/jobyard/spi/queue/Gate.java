// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.spi.jobs.LaneKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A predicate on a lane, registered as a service and called at the moment of the decision. Answers at once, from memory, and equally for
 * lanes that differ only in priority and submitter: the queue calls it for one of them. The bundle that offers a gate calls {@link
 * JobClaims#wake()} when its answers may have changed.
 */
@ConsumerType
public interface Gate {

    /** The gate's name, such as {@code handler}. */
    String name();

    /** Whether jobs of the lane may start; false holds the lane. */
    boolean open(LaneKey lane);

    /**
     * Says why a lane is held.
     *
     * @param lane a lane for which the gate is shut
     * @return in words, such as {@code none for summarize_document}
     */
    String detail(LaneKey lane);

    /**
     * Whether it speaks of this host alone: another host may start a job that the gate holds here. A gate that does not is
     * asked by the leader, for all hosts.
     *
     * @return always the same; true if jobs wait for what only this host has or lacks
     */
    default boolean ofHost() {
        return false;
    }

    /**
     * When a lane opens by itself. The queue asks the gate again then, without being woken.
     *
     * @param lane a lane for which the gate is shut
     * @return the instant; null if it is not known
     */
    default @Nullable Instant until(LaneKey lane) {
        return null;
    }
}
