// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time for the workers.
 *
 * @param clock clock for displayed times
 * @param nanos nanoseconds for timeouts, which never go back
 * @param prefetch period for which short runs are assigned in advance; zero for none
 * @param pause pauses a run on its thread
 * @param timer executes short work later
 */
public record WorkerTime(Clock clock, LongSupplier nanos, Duration prefetch, ThreadPause pause, WorkTimer timer) {

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

    /** Executes work after some time. */
    public interface WorkTimer {

        /**
         * Executes short work once.
         *
         * @param time time until then
         */
        void after(Duration time, Runnable work);
    }

    /** Returns the time of a running host. The thread of its timer ends while nothing is to be done. */
    static WorkerTime real(Clock clock) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(null, work, "jobyard-timer-1", 0, false);
            thread.setContextClassLoader(WorkerTime.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return new WorkerTime(
                clock,
                System::nanoTime,
                Prefetch.AHEAD,
                time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
                (time, work) -> timer.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS));
    }

    /**
     * Returns a time that a test controls, including the time of timeouts. Pauses of runs return immediately, and
     * delayed work is executed at once. No run is assigned in advance.
     */
    public static WorkerTime of(Clock clock) {
        return new WorkerTime(
                clock,
                () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(),
                Duration.ZERO,
                time -> {},
                (time, work) -> work.run());
    }
}
