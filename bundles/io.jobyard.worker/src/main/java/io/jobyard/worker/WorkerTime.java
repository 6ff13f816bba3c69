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
 * @param clock clock for displayed times
 * @param nanos nanoseconds for timeouts, which never go back
 * @param prefetch period for which short runs are assigned in advance; zero for none
 * @param pause pauses a run on its thread
 */
public record WorkerTime(Clock clock, LongSupplier nanos, Duration prefetch, ThreadPause pause) {

    /** Pauses the calling thread. */
    public interface ThreadPause {

        /**
         * Waits for this time.
         *
         * @param time duration of the pause
         * @throws InterruptedException if the thread is interrupted
         */
        void take(Duration time) throws InterruptedException;
    }

    /** Returns the time of a running host. */
    static WorkerTime real(Clock clock) {
        return new WorkerTime(
                clock, System::nanoTime, Prefetch.AHEAD, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    /**
     * Returns the time of a test, which moves the clock, including the time of timeouts. The clock stands still while a run pauses, so
     * pauses return immediately. No run is assigned in advance.
     */
    public static WorkerTime of(Clock clock) {
        return new WorkerTime(
                clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(), Duration.ZERO, time -> {});
    }
}
