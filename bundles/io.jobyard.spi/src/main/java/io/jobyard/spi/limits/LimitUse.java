// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.time.Instant;

/**
 * Use of a limit.
 *
 * @param key the limit and the unit
 * @param fullAt when everything drawn is restored: the theoretical arrival time of the algorithm; for {@link LimitKey#ALL_UNITS} until when
 *     nothing starts
 * @param perSecond rate of restoration, in units per second, from which {@code fullAt} was computed
 * @param unbegun further amount that is taken for jobs whose handlers have not begun
 * @param warnedUntil the end of the period in which a budget's exceeded warning threshold was reported; {@link Instant#EPOCH} if it never
 *     was
 */
public record LimitUse(LimitKey key, Instant fullAt, double perSecond, double unbegun, Instant warnedUntil) {

    /** Creates a use without a warning threshold. */
    public LimitUse(LimitKey key, Instant fullAt, double perSecond, double unbegun) {
        this(key, fullAt, perSecond, unbegun, Instant.EPOCH);
    }

    /** Creates an empty use: the store removes the latest one. */
    public static LimitUse nothing(LimitKey key) {
        return new LimitUse(key, Instant.EPOCH, 0, 0);
    }

    /** Returns whether it need not be stored, because it equals {@link #nothing}. */
    public boolean isNothing() {
        return fullAt.equals(Instant.EPOCH) && perSecond == 0 && unbegun == 0 && warnedUntil.equals(Instant.EPOCH);
    }
}
