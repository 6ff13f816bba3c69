// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import org.jspecify.annotations.Nullable;

/**
 * How long the jobs of a type wait for their next attempt, where that is not as for all jobs; what is null is.
 *
 * @param baseSeconds bounds the delay before the second attempt
 * @param factor by how much the bound grows with each further attempt; at least 1
 * @param maxSeconds bounds the delay before any attempt
 * @param jitter which part of the bound is left to chance: 0 for none, 1 for all of it
 */
public record Backoff(
        @Nullable Integer baseSeconds,
        @Nullable Double factor,
        @Nullable Integer maxSeconds,
        @Nullable Double jitter) {

    /** As for all jobs. */
    public static final Backoff USUAL = new Backoff(null, null, null, null);
}
