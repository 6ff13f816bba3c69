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

    /** Name of the gate, for example {@code handler}. */
    String name();

    /** Whether jobs of the lane may start; false blocks the lane. */
    boolean open(LaneKey lane);

    /** Explains in words why the gate blocks a lane, for example {@code none for summarize_document}. */
    String detail(LaneKey lane);

    /**
     * Whether it applies to this host only, always or never: another host may start a job that the gate blocks here. The leader asks other
     * gates for all hosts.
     */
    default boolean ofHost() {
        return false;
    }

    /** Returns the instant at which a blocked lane opens, when the queue asks again without a notification; null if unknown. */
    default @Nullable Instant until(LaneKey lane) {
        return null;
    }
}
