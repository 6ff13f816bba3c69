// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other without its own thread. A caller that finds no running task runs the waiting tasks. A task that is added
 * during another task, even by the other task, runs after it.
 */
final class SerialExecution {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Runs the task now, or after the tasks of the thread that currently runs one. Tasks must not throw exceptions. */
    void give(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            do {
                tasks.remove().run();
            } while (waiting.decrementAndGet() > 0);
        }
    }
}
