// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other without a thread of its own: whoever finds it idle runs what is there. A task given
 * while another runs, even by that one, comes after it.
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
