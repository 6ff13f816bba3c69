// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/**
 * Threads that complete the stages of asynchronous steps, and so execute the code of handlers that depends on them. All runs share them. An
 * idle thread ends, so there is nothing to close.
 */
final class AsyncThreads {

    /** Maximum number of threads, without those that others replace. */
    static final int MOST = 16;

    private static final int IDLE_SECONDS = 1;

    private final ThreadPoolExecutor pool;
    private final AtomicInteger named = new AtomicInteger();
    /** Threads that execute code of a run. */
    private final Map<Thread, Run> inside = new HashMap<>();
    /** Threads whose run must end. Other threads replace these threads until their tasks end. */
    private final Set<Thread> interrupted = new HashSet<>();

    AsyncThreads() {
        pool = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        pool.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "jobyard-async-" + named.incrementAndGet(), 0, false);
        thread.setContextClassLoader(AsyncThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Executes a task of a run on one of the threads. */
    void execute(Run run, Runnable task) {
        pool.execute(() -> {
            enter(run);
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            Handler handler = run.handler();
            thread.setContextClassLoader(handler == null ? before : handler.loader());
            MDC.put("job", run.id().toString());
            MDC.put("type", run.type());
            try {
                task.run();
            } finally {
                MDC.clear();
                thread.setContextClassLoader(before);
                exit();
            }
        });
    }

    /** Interrupts the tasks of a run that must end. Other threads replace theirs, so that a task that ignores this holds up no other run. */
    synchronized void interrupt(Run run) {
        inside.forEach((thread, of) -> {
            if (of == run && interrupted.add(thread)) {
                thread.interrupt();
            }
        });
        pool.setMaximumPoolSize(MOST + interrupted.size());
        pool.setCorePoolSize(MOST + interrupted.size());
    }

    private synchronized void enter(Run run) {
        inside.put(Thread.currentThread(), run);
    }

    /** Records that this thread, if it is one of these, executes no code of the run any more. No interrupt reaches it after that. */
    synchronized void leave() {
        inside.remove(Thread.currentThread());
        if (interrupted.contains(Thread.currentThread())) {
            Thread.interrupted();
        }
    }

    private synchronized void exit() {
        leave();
        interrupted.remove(Thread.currentThread());
        pool.setCorePoolSize(MOST + interrupted.size());
        pool.setMaximumPoolSize(MOST + interrupted.size());
    }
}
