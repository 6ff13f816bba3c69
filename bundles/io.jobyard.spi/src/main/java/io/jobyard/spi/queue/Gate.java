// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.spi.jobs.LaneKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Condition on a lane. Registered as a service, and called at the moment of the decision. It must return immediately, from memory. It must
 * give the same answer for lanes that differ only in priority and submitter, because the queue calls it for one of them. The bundle that
 * offers a gate calls {@link JobClaims#wake()} when its answers may have changed.
 */
@ConsumerType
public interface Gate {

    /** Returns the name of the gate, for example {@code handler}. */
    String name();

    /** Returns whether jobs of the lane may start; false blocks the lane. */
    boolean open(LaneKey lane);

    /** Returns the reason why the gate blocks a lane, for example {@code none for summarize_document}. */
    String detail(LaneKey lane);

    /**
     * Returns whether the gate applies only to this host. The answer must never change. Another host may start a job that such a gate
     * blocks here. The leader evaluates all other gates for all hosts.
     */
    default boolean ofHost() {
        return false;
    }

    /** Returns the instant at which a blocked lane opens, so that the queue asks again without a notification; null if unknown. */
    default @Nullable Instant until(LaneKey lane) {
        return null;
    }
}
