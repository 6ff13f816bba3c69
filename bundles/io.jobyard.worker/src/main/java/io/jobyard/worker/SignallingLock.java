// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lock with conditions to wait for. */
final class SignallingLock {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Makes a change and wakes all waiting threads. */
    void change(Runnable change) {
        changeAndSignalIf(() -> {
            change.run();
            return true;
        });
    }

    /** Makes a change and wakes waiting threads only if it returns true. Returns its result. */
    boolean changeAndSignalIf(BooleanSupplier change) {
        lock.lock();
        try {
            boolean isNews = change.getAsBoolean();
            if (isNews) {
                changed.signalAll();
            }
            return isNews;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all waiting threads. Requires the lock. */
    void changed() {
        changed.signalAll();
    }

    <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition is true. Returns false after the timeout. */
    boolean await(BooleanSupplier so, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (!so.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return so.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition is true, and then runs the query under the same lock. */
    <T> T awaitAndAsk(BooleanSupplier so, Supplier<T> question) {
        lock.lock();
        try {
            while (!so.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
