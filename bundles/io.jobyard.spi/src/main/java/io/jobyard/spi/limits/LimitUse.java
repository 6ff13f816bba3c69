// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.time.Instant;

/**
 * How much of a limit is used.
 *
 * @param key which limit, and which of its units
 * @param fullAt when all that was drawn is made good: the theoretical arrival time of the algorithm; for
 *     {@link LimitKey#ALL_UNITS} until when nothing starts
 * @param perSecond how fast it fills, in units per second, by which {@code fullAt} was reckoned
 * @param unbegun how much is taken beside that, for jobs whose handlers have not begun
 * @param warnedUntil the end of the period for which it was told that a budget's warning threshold is passed;
 *     {@link Instant#EPOCH} if that never was
 */
public record LimitUse(LimitKey key, Instant fullAt, double perSecond, double unbegun, Instant warnedUntil) {

    /** The use of what has no warning threshold. */
    public LimitUse(LimitKey key, Instant fullAt, double perSecond, double unbegun) {
        this(key, fullAt, perSecond, unbegun, Instant.EPOCH);
    }

    /** Nothing is used, and there is nothing to remember: in place of the latest, the store forgets it. */
    public static LimitUse nothing(LimitKey key) {
        return new LimitUse(key, Instant.EPOCH, 0, 0);
    }

    /** Whether it need not be remembered: it is {@link #nothing}. */
    public boolean isNothing() {
        return fullAt.equals(Instant.EPOCH) && perSecond == 0 && unbegun == 0 && warnedUntil.equals(Instant.EPOCH);
    }
}
