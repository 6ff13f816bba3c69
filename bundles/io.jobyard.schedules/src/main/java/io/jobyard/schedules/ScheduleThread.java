// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that sees to schedules: sleeps until the next time, or until it is woken. */
final class ScheduleThread {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleThread.class);
    /** Clocks are set, so no sleep is longer. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private @Nullable Thread thread;
    private boolean woken;
    private boolean stopped;

    ScheduleThread(Clock clock) {
        this.clock = clock;
    }

    /** @param turn does what is due, and tells when there is something to do next; null if nothing is known */
    void start(Supplier<@Nullable Instant> turn) {
        thread = new Thread(() -> run(turn), "jobyard-schedules-1");
        thread.start();
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            called.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the turn it is at, unless the store does not answer: then the thread ends with the store. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            called.signal();
        } finally {
            lock.unlock();
        }
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join(TIMEOUT.toMillis());
            if (running.isAlive()) {
                LOG.warn("The store does not answer; the next start goes on with the schedules");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Supplier<@Nullable Instant> turn) {
        Instant next = null;
        while (await(next)) {
            try {
                next = turn.get();
            } catch (RuntimeException | Error e) { // or there would be no next turn
                LOG.error("Schedules failed; trying again", e);
                next = null;
            }
        }
    }

    /** False when it is time to end. */
    private boolean await(@Nullable Instant next) {
        lock.lock();
        try {
            if (!woken && !stopped) {
                called.awaitNanos(untilNext(next).toNanos());
            }
            woken = false;
        } catch (InterruptedException e) {
            LOG.warn("Somebody interrupted the thread of schedules; it goes on");
        } finally {
            lock.unlock();
        }
        return !stopped;
    }

    private Duration untilNext(@Nullable Instant next) {
        Duration wait = next == null ? LONGEST : Duration.between(clock.instant(), next);
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
