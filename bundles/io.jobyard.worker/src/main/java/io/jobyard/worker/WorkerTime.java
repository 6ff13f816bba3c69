// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time as the workers take it.
 *
 * @param clock what people read
 * @param nanos what timeouts are measured by: it never goes back
 * @param prefetch how long ahead short runs are handed to the threads; zero for none
 * @param pause how a run waits a while on its thread
 */
public record WorkerTime(Clock clock, LongSupplier nanos, Duration prefetch, ThreadPause pause) {

    /** Holds the thread that asks. */
    public interface ThreadPause {

        /**
         * Waits.
         *
         * @param time how long
         * @throws InterruptedException if the thread is interrupted
         */
        void take(Duration time) throws InterruptedException;
    }

    /** That of a host. */
    static WorkerTime real(Clock clock) {
        return new WorkerTime(
                clock, System::nanoTime, Prefetch.AHEAD, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    /**
     * That of a test, which moves the clock. It stands while a run pauses, so none waits.
     *
     * @param clock measures timeouts too
     * @return where no run is handed ahead
     */
    public static WorkerTime of(Clock clock) {
        return new WorkerTime(
                clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(), Duration.ZERO, time -> {});
    }
}
