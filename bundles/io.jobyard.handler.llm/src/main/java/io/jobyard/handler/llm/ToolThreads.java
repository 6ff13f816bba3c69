// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Threads inside a tool, which its bundle must wait for. */
public final class ToolThreads {

    private final Set<Thread> threads = new HashSet<>();
    private final Set<Thread> interrupted = new HashSet<>();
    private boolean left;

    /**
     * Calls the tool on this thread.
     *
     * @throws LeftException if the tool has been removed, or was removed during the call and the call ended because of it
     */
    public <T> T call(Callable<T> tool) throws Exception {
        if (!enter()) {
            throw new LeftException();
        }
        boolean drained = false;
        try {
            return tool.call();
        } catch (Exception e) {
            drained = wasInterrupted();
            if (!drained) {
                throw e;
            }
        } finally {
            exit();
        }
        throw new LeftException();
    }

    /** Refuses new calls, waits for the running calls, then interrupts these calls and waits again. */
    synchronized void drain(Duration timeout, Duration grace) throws InterruptedException {
        left = true;
        awaitEmpty(timeout);
        threads.forEach(Thread::interrupt);
        interrupted.addAll(threads);
        awaitEmpty(grace);
    }

    private synchronized boolean enter() {
        return !left && threads.add(Thread.currentThread());
    }

    private synchronized boolean wasInterrupted() {
        return interrupted.contains(Thread.currentThread());
    }

    private synchronized void exit() {
        threads.remove(Thread.currentThread());
        if (interrupted.remove(Thread.currentThread())) {
            Thread.interrupted(); // clears the interrupt of this class, because the call has ended
        }
        notifyAll();
    }

    private void awaitEmpty(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long nanos = atMost.toNanos(); !threads.isEmpty() && nanos > 0; nanos = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
    }

    /** Thrown if the tool has been removed. */
    public static final class LeftException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
