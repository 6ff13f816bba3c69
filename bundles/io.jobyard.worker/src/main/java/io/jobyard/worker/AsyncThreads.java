// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.HashMap;
import java.util.Map;
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

    /** Maximum number of threads whose runs go on. */
    static final int MOST = 16;

    private static final int IDLE_SECONDS = 1;

    private final ThreadPoolExecutor pool;
    private final AtomicInteger named = new AtomicInteger();
    /** Threads in a task, with its run. */
    private final Map<Thread, Run> inside = new HashMap<>();
    /** Number of threads inside whose run must end. Others replace them until their tasks end. */
    private int interrupted;

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
        inside.entrySet().removeIf(entry -> {
            if (entry.getValue() == run) {
                entry.getKey().interrupt();
                interrupted++;
                return true;
            }
            return false;
        });
        pool.setMaximumPoolSize(MOST + interrupted);
        pool.setCorePoolSize(MOST + interrupted);
    }

    private synchronized void enter(Run run) {
        inside.put(Thread.currentThread(), run);
    }

    private synchronized void exit() {
        if (inside.remove(Thread.currentThread()) == null) {
            interrupted--;
            pool.setCorePoolSize(MOST + interrupted);
            pool.setMaximumPoolSize(MOST + interrupted);
            Thread.interrupted(); // so that the next task does not see an interrupt of this one
        }
    }
}
