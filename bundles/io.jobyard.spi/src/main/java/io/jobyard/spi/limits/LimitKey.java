// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

/**
 * Key of a counter: one unit of one limit.
 *
 * @param kind origin of the limit
 * @param name name of the limit, the queue, the share of a role or the type
 * @param unit unit, or {@link #ALL_UNITS}
 */
public record LimitKey(LimitKind kind, String name, String unit) {

    /** Value in place of a unit for the whole limit, which is blocked because a handler exceeded it at the provider. */
    public static final String ALL_UNITS = "*";
}
