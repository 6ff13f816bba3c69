// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import org.jspecify.annotations.Nullable;

/**
 * Delay of a type's jobs before their next attempt. Null means the default for all jobs.
 *
 * @param baseSeconds upper bound of the delay before the second attempt
 * @param factor growth of the bound with each further attempt; at least 1
 * @param maxSeconds upper bound of the delay before any attempt
 * @param jitter random part of the delay: 0 for none, 1 for all of it
 */
public record Backoff(
        @Nullable Integer baseSeconds,
        @Nullable Double factor,
        @Nullable Integer maxSeconds,
        @Nullable Double jitter) {

    /** The default for all jobs. */
    public static final Backoff USUAL = new Backoff(null, null, null, null);
}
