// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobyardException;
import io.jobyard.spi.running.JobScheduler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that fetches runs whenever the workers have room; that of the leader starts those of the other hosts too. */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** As many as may be ahead; the store bounds what their payloads take. */
    private static final int MOST_AT_ONCE = 256;

    private static final long PAUSE_MILLIS = 1_000;

    private final JobScheduler scheduler;
    private final WorkerPool pool;
    private final Thread thread = new Thread(this::run, "jobyard-dispatcher-1");
    private volatile boolean stopped;
    private String told = ""; // the thread's own

    Dispatcher(JobScheduler scheduler, WorkerPool pool) {
        this.scheduler = scheduler;
        this.pool = pool;
    }

    /** Starts the thread, the first time. */
    synchronized void start() {
        if (!isStarted()) {
            thread.start();
        }
    }

    boolean isStarted() {
        return thread.getState() != Thread.State.NEW;
    }

    /** Ends; what was being fetched is handed on, unless the store does not answer. */
    void stop() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(TIMEOUT.toMillis());
            if (thread.isAlive()) {
                LOG.warn("The store does not answer; what was being started goes back at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                fetch();
                told = "";
            } catch (InterruptedException e) {
                LOG.debug("Interrupted"); // by stop, which the loop asks about
            } catch (JobyardException e) {
                tell(String.valueOf(e.getMessage()));
                pause();
            } catch (RuntimeException | Error e) {
                LOG.error("No job can be started; trying again", e);
                pause();
            }
        }
    }

    /** Once, as long as it is the same. */
    private void tell(String why) {
        if (!why.equals(told)) {
            LOG.warn("No job can be started: {}; trying again", why);
            told = why;
        }
    }

    private void fetch() throws InterruptedException {
        if (pool.awaitClaim(TIMEOUT)) {
            pool.accept(scheduler.claim(this::room, TIMEOUT));
        }
    }

    private int room() {
        return Math.min(pool.room(), MOST_AT_ONCE);
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            LOG.debug("Interrupted"); // by stop, which the loop asks about
        }
    }
}
