// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time for the workers.
 *
 * @param clock for display
 * @param nanos for timeouts: it never goes back
 * @param prefetch period for which short runs are assigned ahead; zero for none
 * @param pause pauses a run on its thread
 */
public record WorkerTime(Clock clock, LongSupplier nanos, Duration prefetch, ThreadPause pause) {

    /** Pauses the calling thread. */
    public interface ThreadPause {

        /**
         * Waits.
         *
         * @param time how long
         * @throws InterruptedException if the thread is interrupted
         */
        void take(Duration time) throws InterruptedException;
    }

    /** Returns the time of a host. */
    static WorkerTime real(Clock clock) {
        return new WorkerTime(
                clock, System::nanoTime, Prefetch.AHEAD, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    /**
     * Returns the time of a test, which moves the clock, also for timeouts. The clock stops while a run pauses, so no run waits; no run is
     * assigned ahead.
     */
    public static WorkerTime of(Clock clock) {
        return new WorkerTime(
                clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(), Duration.ZERO, time -> {});
    }
}
