// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other without its own thread: a caller that finds it idle runs the waiting tasks. A task that is added while
 * another runs, even by that one, runs after it.
 */
final class SerialExecution {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Runs the task now, or after those of the thread that runs one. Tasks throw nothing. */
    void give(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            do {
                tasks.remove().run();
            } while (waiting.decrementAndGet() > 0);
        }
    }
}
