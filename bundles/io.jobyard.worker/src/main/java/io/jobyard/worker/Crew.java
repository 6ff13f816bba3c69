// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** The worker threads. A stuck one is no longer of the crew once it is replaced. Guarded by the lock of its pool. */
final class Crew {

    private final Runnable work;
    private final Set<Thread> threads = new HashSet<>();
    private int named;

    Crew(Runnable work) {
        this.work = work;
    }

    void fill(int size) {
        while (threads.size() < size) {
            Thread thread = new Thread(work, "jobyard-worker-" + ++named);
            threads.add(thread);
            thread.start();
        }
    }

    /** Lets the threads of these runs go, at most so many, so that others take their place. */
    void replace(Collection<Run> stuck, int most) {
        long replaced =
                stuck.stream().filter(run -> !threads.contains(run.thread())).count();
        for (Run run : stuck) {
            if (replaced < most && threads.remove(run.thread())) {
                replaced++;
            }
        }
    }

    /** How many of so many threads are at hand. */
    int able(Collection<Run> stuck, int size) {
        return size
                - (int) stuck.stream()
                        .filter(run -> threads.contains(run.thread()))
                        .count();
    }

    /** Whether this thread is of the crew, and the crew not larger than that. */
    boolean needs(Thread thread, int size) {
        return threads.contains(thread) && threads.size() <= size;
    }

    void dismiss(Thread thread) {
        threads.remove(thread);
    }

    Set<Thread> without(Collection<Run> runs) {
        Set<Thread> idle = new HashSet<>(threads);
        runs.stream().map(Run::thread).filter(Objects::nonNull).forEach(idle::remove);
        return idle;
    }
}
