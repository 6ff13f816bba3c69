// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.time.Instant;

/**
 * Usage of a limit.
 *
 * @param key limit and unit
 * @param fullAt time at which the full burst is available again: the theoretical arrival time of the algorithm. For {@link
 * LimitKey#ALL_UNITS}, the time until which nothing starts
 * @param perSecond rate in units per second that {@code fullAt} is based on. For {@link LimitKey#LEVEL}, the maximum number of runs
 * @param unbegun further amount that jobs have taken whose handlers have not begun
 * @param warnedUntil end of the period in which a budget's exceeded warning threshold was reported; {@link Instant#EPOCH} if none was
 */
public record LimitUse(LimitKey key, Instant fullAt, double perSecond, double unbegun, Instant warnedUntil) {

    /** Creates a usage without a warning threshold. */
    public LimitUse(LimitKey key, Instant fullAt, double perSecond, double unbegun) {
        this(key, fullAt, perSecond, unbegun, Instant.EPOCH);
    }

    /** Creates an empty usage, which removes the stored one. */
    public static LimitUse nothing(LimitKey key) {
        return new LimitUse(key, Instant.EPOCH, 0, 0);
    }

    /** Returns whether the usage need not be stored, because it equals {@link #nothing}. */
    public boolean isNothing() {
        return fullAt.equals(Instant.EPOCH) && perSecond == 0 && unbegun == 0 && warnedUntil.equals(Instant.EPOCH);
    }
}
