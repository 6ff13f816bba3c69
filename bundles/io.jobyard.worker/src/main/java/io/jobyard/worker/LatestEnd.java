// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.EndReason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a run must have ended: at its timeout or its job's deadline, whichever is first.
 *
 * @param at the time by the clock
 * @param nanos the length of the run until then. It counts elapsed time, so that a changed clock ends no run too early.
 * @param why the reason of that end
 */
record LatestEnd(Instant at, long nanos, EndReason why) {

    /** Maximum duration of a run. It exceeds any timeout and limits deadlines, which may be thousands of years away. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** @param deadline deadline of the job; null for none */
    static LatestEnd of(Duration timeout, @Nullable Instant deadline, Instant begun) {
        Instant byTimeout = begun.plus(timeout);
        if (deadline == null || !deadline.isBefore(byTimeout)) {
            return new LatestEnd(byTimeout, timeout.toNanos(), EndReason.TIMEOUT);
        }
        Instant counted = deadline.isBefore(begun.plus(LONGEST)) ? deadline : begun.plus(LONGEST);
        return new LatestEnd(deadline, Math.max(0, ChronoUnit.NANOS.between(begun, counted)), EndReason.DEADLINE);
    }
}
