// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One lock, and waiting for whatever changes under it. */
final class SignallingLock {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Makes a change; all who wait look again. */
    void change(Runnable change) {
        changeAndSignalIf(() -> {
            change.run();
            return true;
        });
    }

    /** Makes a change; those who wait look again only if it says so. */
    void changeAndSignalIf(BooleanSupplier change) {
        lock.lock();
        try {
            if (change.getAsBoolean()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is so; false if it is not when the time is over. */
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

    /** Waits until it is so, and answers in the same turn. */
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
