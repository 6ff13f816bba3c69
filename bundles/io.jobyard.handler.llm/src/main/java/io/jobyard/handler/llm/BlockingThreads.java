// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import io.jobyard.api.handler.RunProgress;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Threads for work of asynchronous handlers that blocks or computes for long. An idle thread ends. Other threads replace those whose work
 * ignores its cancellation.
 */
public final class BlockingThreads {

    private static final int IDLE_SECONDS = 1;

    private final int most;
    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor signs;
    private int cancelled;

    /**
     * Creates threads when they are needed.
     *
     * @param name name of the threads, without their number
     * @param most maximum number of threads; further work waits
     */
    public BlockingThreads(String name, int most) {
        this.most = most;
        pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        signs = new ScheduledThreadPoolExecutor(1, named(name + "wait-"));
        signs.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        signs.allowCoreThreadTimeOut(true);
        signs.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, prefix + number.incrementAndGet(), 0, false);
            thread.setContextClassLoader(BlockingThreads.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Begins work. While it waits for a thread, the run gives a sign of life each second.
     *
     * @return future of the value, or of the exception of the work. Cancelling it interrupts the work; it completes after the work
     */
    public <T> CompletableFuture<T> begin(RunProgress run, Callable<T> work) {
        BlockingWork<T> begun = new BlockingWork<>(work, MDC.getCopyOfContextMap());
        pool.execute(begun);
        begun.waits(signs.scheduleAtFixedRate(run::heartbeat, 1, 1, TimeUnit.SECONDS));
        return begun;
    }

    private synchronized void cancelled(int more) {
        cancelled += more;
        if (more > 0) {
            pool.setMaximumPoolSize(most + cancelled);
        }
        pool.setCorePoolSize(most + cancelled);
        pool.setMaximumPoolSize(most + cancelled);
    }

    /** Ends the threads, after the handler was drained. */
    public void close() {
        pool.shutdownNow();
        signs.shutdownNow();
    }

    /** Work with its value. */
    private final class BlockingWork<T> extends CompletableFuture<T> implements Runnable {

        private final Callable<T> work;
        private final @Nullable Map<String, String> told;
        private @Nullable ScheduledFuture<?> signs;
        private @Nullable Thread thread;
        private boolean isBegun;
        private boolean isCancelled;

        BlockingWork(Callable<T> work, @Nullable Map<String, String> told) {
            this.work = work;
            this.told = told;
        }

        synchronized void waits(ScheduledFuture<?> given) {
            signs = given;
            if (isBegun || isDone()) {
                given.cancel(false);
            }
        }

        @Override
        public void run() {
            if (!enter()) {
                return;
            }
            try {
                if (told != null) {
                    MDC.setContextMap(told);
                }
                T value = work.call();
                exit();
                complete(value);
            } catch (Throwable e) { // any throwable of a tool
                exit();
                completeExceptionally(e);
            } finally {
                MDC.clear();
            }
        }

        private synchronized boolean enter() {
            isBegun = true;
            thread = isCancelled ? null : Thread.currentThread();
            endSigns();
            return !isCancelled;
        }

        private void endSigns() {
            if (signs != null) {
                signs.cancel(false);
            }
        }

        private synchronized void exit() {
            Thread.interrupted(); // so that neither a stage that depends on the work nor the next work sees it
            if (thread != null && isCancelled) {
                cancelled(-1);
            }
            thread = null;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean isWaiting;
            synchronized (this) {
                isWaiting = !isBegun;
                if (thread != null && !isCancelled) {
                    thread.interrupt();
                    cancelled(1);
                }
                isCancelled |= isWaiting || thread != null;
                if (isWaiting) {
                    endSigns();
                }
            }
            return !isWaiting || completeExceptionally(new CancellationException());
        }
    }
}
