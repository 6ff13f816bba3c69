// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Threads that execute several tasks in parallel, while one thread waits for all of them. They end with the call. */
final class StepThreads {

    private final List<Callable<?>> tasks;
    private final boolean areVirtual;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

    private StepThreads(List<Callable<?>> tasks, boolean areVirtual) {
        this.tasks = tasks;
        this.areVirtual = areVirtual;
    }

    /**
     * Calls all tasks in parallel. After a failure it starts no further task. An interrupt reaches the running ones.
     *
     * @param atOnce maximum number of simultaneous tasks
     * @param areVirtual whether the threads are virtual, as the calling one
     * @throws Exception the first failure
     */
    static void callAll(List<Callable<?>> tasks, int atOnce, boolean areVirtual) throws Exception {
        StepThreads all = new StepThreads(tasks, areVirtual);
        all.join(all.start(Math.min(atOnce, tasks.size())));
        Throwable thrown = all.fault.get();
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown != null) {
            throw (Exception) thrown;
        }
    }

    private List<Thread> start(int count) {
        Map<String, String> told = MDC.getCopyOfContextMap();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        List<Thread> threads = new ArrayList<>();
        try {
            for (int n = 1; n <= count; n++) {
                Thread thread = thread("jobyard-step-" + n, () -> work(told));
                thread.setContextClassLoader(loader);
                thread.start();
                threads.add(thread);
            }
        } catch (Error e) { // the process cannot create another thread: wait for the running tasks
            fault.compareAndSet(null, e);
        }
        return threads;
    }

    private Thread thread(String name, Runnable work) {
        return areVirtual ? VirtualThreads.create(name, work) : new Thread(null, work, name, 0, false);
    }

    private void work(@Nullable Map<String, String> told) {
        if (told != null) {
            MDC.setContextMap(told);
        }
        for (int next = begun.getAndIncrement(); next < tasks.size() && fault.get() == null; ) {
            try {
                tasks.get(next).call();
            } catch (Throwable e) { // for users' code: the waiting thread throws it
                fault.compareAndSet(null, e);
            }
            next = begun.getAndIncrement();
        }
    }

    private void join(List<Thread> threads) {
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    fault.compareAndSet(null, e);
                    threads.forEach(Thread::interrupt);
                }
            }
        }
    }
}
