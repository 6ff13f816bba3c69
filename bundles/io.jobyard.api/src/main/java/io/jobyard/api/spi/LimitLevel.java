// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import java.time.Instant;

/**
 * How far one unit of a limit, or the rate of a queue, is drawn.
 *
 * @param name such as {@code limit openai} or {@code queue llm}; with a mark before it, what is taken and not drawn yet
 * @param unit the unit, or {@link #SHUT}
 * @param fullAt when all that was drawn is made good: the theoretical arrival time of the algorithm; with {@link #SHUT}
 *     until when nothing starts
 * @param perSecond how fast it fills, in units per second, by which {@code fullAt} was reckoned
 */
public record LimitLevel(String name, String unit, Instant fullAt, double perSecond) {

    /** In place of a unit: the limit as a whole is shut, because a handler met it on the other side. */
    public static final String SHUT = "*";
}
