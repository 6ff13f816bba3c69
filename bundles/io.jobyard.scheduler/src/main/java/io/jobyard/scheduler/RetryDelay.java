// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt. */
@FunctionalInterface
interface RetryDelay {

    /** The delay after the given attempt (from 1) failed; whole microseconds. */
    Duration after(int attempt);

    /**
     * Exponential back-off with full jitter: evenly spread between nothing and {@code min(max, base × 2^(attempt−1))}.
     * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
     */
    static RetryDelay fullJitter(Supplier<SchedulerSettings> settings, RandomGenerator random) {
        return attempt -> {
            SchedulerSettings now = settings.get();
            long doubled = (long) now.retryBaseSeconds() << Math.min(attempt - 1, 20);
            long bound = Math.min(now.retryMaxSeconds(), doubled);
            return Duration.of(random.nextLong(bound * 1_000_000 + 1), ChronoUnit.MICROS);
        };
    }
}
