// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that calls one task again and again until it is stopped. Nothing else ends the loop: any code in the process can interrupt any
 * thread, so an interrupt only brings the next round early, and a round that fails is logged and followed by another one after a pause.
 */
public final class LoopThread {

    /** One round of the loop. */
    @FunctionalInterface
    public interface Round {

        /**
         * Does what there is to do.
         *
         * @return how long to rest before the next round; {@link LoopThread#wake()} ends the rest early
         * @throws InterruptedException if somebody interrupted the round; the next one follows at once
         */
        Duration run() throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final Round round;
    private final Runnable atEnd;
    private final Thread thread;
    private final Semaphore calls = new Semaphore(0);
    private Duration firstRest = Duration.ZERO;
    private volatile boolean stopped;

    /**
     * Makes the thread, a daemon; {@link #start} starts it.
     *
     * @param name such as {@code jobyard-ROLE-1}
     * @param round what is called again and again
     * @param atEnd what the thread calls last, once it was stopped
     */
    public LoopThread(String name, Round round, Runnable atEnd) {
        this.round = round;
        this.atEnd = atEnd;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread, once; the first round begins at once. */
    public void start() {
        thread.start();
    }

    /**
     * Starts the thread, once.
     *
     * @param rest how long it rests before the first round; {@link #wake()} ends the rest early
     */
    public void start(Duration rest) {
        firstRest = rest;
        start();
    }

    /** Begins the next round now, or right after the round that runs. */
    public void wake() {
        calls.release();
    }

    /** Lets the loop end after the round that runs. Does not wait. */
    public void beginStop() {
        stopped = true;
        wake();
    }

    /**
     * Stops the loop and waits for the thread to end.
     *
     * @param timeout how long to wait at most
     * @return false if the thread is still alive then
     * @throws InterruptedException if the caller is interrupted while it waits
     */
    public boolean stop(Duration timeout) throws InterruptedException {
        beginStop();
        thread.join(timeout.toMillis());
        return !thread.isAlive();
    }

    private void run() {
        if (!firstRest.isZero()) {
            rest(firstRest);
        }
        while (!stopped) {
            Duration rest = PAUSE_AFTER_FAULT;
            try {
                rest = round.run();
            } catch (InterruptedException e) {
                LOG.debug("{} was interrupted by another thread and continues", thread.getName());
                rest = Duration.ZERO;
            } catch (RuntimeException | Error e) { // the loop must outlive a failed round
                LOG.error("{} failed; trying again", thread.getName(), e);
            }
            rest(rest);
        }
        atEnd.run();
    }

    private void rest(Duration rest) {
        try {
            if (calls.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                calls.drainPermits();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted by another thread and continues", thread.getName());
        }
    }
}
