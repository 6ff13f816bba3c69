// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.spi.handlers.Backoff;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Delay before the next attempt. */
@FunctionalInterface
interface RetryDelay {

    /**
     * Returns the delay after a failed attempt of a job, in whole microseconds.
     *
     * @param attempt number of the failed attempt, from 1
     */
    Duration after(String type, int attempt);

    /**
     * Exponential backoff with jitter, as configured for all jobs and for the type. The bound is {@code min(max, base ×
     * factor^(attempt−1))}. With full jitter, the default, the delay is evenly distributed between zero and the bound. Source: M. Brooker,
     * "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
     */
    static RetryDelay exponential(
            Supplier<SchedulerSettings> settings, Function<String, Backoff> ofType, RandomGenerator random) {
        return (type, attempt) -> {
            SchedulerSettings all = settings.get();
            Backoff own = ofType.apply(type);
            double base = Objects.requireNonNullElse(own.baseSeconds(), all.retryBaseSeconds());
            double factor = Objects.requireNonNullElse(own.factor(), 2.0);
            double max = Objects.requireNonNullElse(own.maxSeconds(), all.retryMaxSeconds());
            double jitter = Objects.requireNonNullElse(own.jitter(), 1.0);
            long bound = (long) (Math.min(max, base * Math.pow(factor, attempt - 1)) * 1_000_000);
            long byChance = (long) (bound * jitter);
            return Duration.of(bound - byChance + random.nextLong(byChance + 1), ChronoUnit.MICROS);
        };
    }
}
