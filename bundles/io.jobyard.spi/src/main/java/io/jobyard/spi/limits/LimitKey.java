// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

/**
 * Key of a counter: one unit of one limit.
 *
 * @param kind origin of the limit
 * @param name name of the limit, the queue, the share of a role or the type
 * @param unit unit, {@link #ALL_UNITS} or {@link #LEVEL}
 */
public record LimitKey(LimitKind kind, String name, String unit) {

    /** Value in place of a unit for the whole limit, which is blocked because a handler exceeded it at the provider. */
    public static final String ALL_UNITS = "*";

    /** Value in place of a unit for the current maximum number of runs of an adaptive limit. */
    public static final String LEVEL = "*level";
}
