// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for one task that does all the work there is: many requests during a run lead to one more run. */
final class RetryingThread implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingThread.class);
    private static final int AGAIN_SECONDS = 10;
    private static final int EVERY_SECONDS = 60;
    private static final int PATIENCE_SECONDS = 2;

    private final ScheduledExecutorService thread;
    private final AtomicReference<@Nullable Runnable> asked = new AtomicReference<>();

    RetryingThread(String name) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
    }

    /** Runs the task soon, and again later if it throws. */
    @Override
    public void execute(Runnable task) {
        if (asked.getAndSet(task) == null) {
            later(0);
        }
    }

    private void later(int seconds) {
        try {
            thread.schedule(this::run, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late: the host stops", e); // the next start does it
        }
    }

    private void run() {
        Runnable task = asked.getAndSet(null);
        try {
            if (task != null) {
                task.run();
            }
        } catch (RuntimeException | Error e) { // or the task would not be tried again
            LOG.warn("Changes of the host are not in the audit yet and will be told later: {}", e.getMessage());
            if (asked.getAndSet(task) == null) {
                later(AGAIN_SECONDS);
            }
        }
    }

    void everyMinute(Runnable task) {
        thread.scheduleWithFixedDelay(task, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Does the work that is left, if it takes no longer than two seconds. */
    void stop() {
        try {
            thread.submit(this::run).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The store does not take it; the next life tells it", e);
        } finally {
            thread.shutdownNow();
        }
    }
}
