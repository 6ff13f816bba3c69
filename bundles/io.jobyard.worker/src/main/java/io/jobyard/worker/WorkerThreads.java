// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Worker threads. A stuck thread is not counted once it is replaced. When a spent thread is free, a new thread replaces it. Guarded by
 * the lock of its pool.
 */
final class WorkerThreads {

    private final String name;
    private final Runnable work;
    private final Set<Thread> threads = new HashSet<>();
    private final Set<Thread> spent = new HashSet<>();
    private int named;

    /** @param name name of the threads, without their number */
    WorkerThreads(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    void fill(int size) {
        while (threads.size() < size) {
            Thread thread = new Thread(null, work, name + ++named, 0, false); // inherits no thread locals
            thread.setContextClassLoader(WorkerThreads.class.getClassLoader());
            threads.add(thread);
            thread.start();
        }
    }

    /** Marks all threads as spent after a handler was removed, so that its values in thread locals are released. */
    void renew() {
        spent.addAll(threads);
    }

    /** Releases threads of at most {@code most} of these runs, so that new threads replace them. */
    void replace(Collection<Run> stuck, int most) {
        long replaced = stuck.stream()
                .map(Run::thread)
                .filter(thread -> thread != null && !threads.contains(thread))
                .count();
        for (Run run : stuck) {
            if (replaced < most && dismiss(run.thread())) {
                replaced++;
            }
        }
    }

    /** Returns the number of available threads. */
    int able(Collection<Run> stuck, int size) {
        return size
                - (int) stuck.stream()
                        .filter(run -> threads.contains(run.thread()))
                        .count();
    }

    /** Returns whether this thread belongs to the pool and is fresh, and the pool has no more threads than {@code size}. */
    boolean needs(Thread thread, int size) {
        return threads.contains(thread) && !spent.contains(thread) && threads.size() <= size;
    }

    /** Removes a thread. Returns false if it no longer belongs to the pool. */
    boolean dismiss(@Nullable Thread thread) {
        spent.remove(thread);
        return threads.remove(thread);
    }

    Set<Thread> all() {
        return Set.copyOf(threads);
    }
}
