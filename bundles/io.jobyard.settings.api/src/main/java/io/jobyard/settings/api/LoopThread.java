// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that calls one task again and again until it is stopped. Nothing else ends the loop: any code in the process can interrupt any
 * thread, so an interrupt only brings the next round early. A round that fails is followed by another one after a pause, and the
 * {@link FailureLog} of the loop has it.
 */
public final class LoopThread {

    /** One round of the loop. */
    @FunctionalInterface
    public interface LoopRound {

        /**
         * Runs one round.
         *
         * @return how long to rest before the next round; {@link LoopThread#wake()} ends the rest early
         * @throws InterruptedException if the round was interrupted; the next one follows at once
         * @throws Exception if the round failed
         */
        Duration run() throws Exception;
    }

    /** The rest of a loop that only {@link #wake} gives something to do. */
    public static final Duration UNTIL_WOKEN = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final LoopRound round;
    private final Runnable atEnd;
    private final FailureLog failures;
    private final Thread thread;
    private final Semaphore calls = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Duration firstRest = Duration.ZERO;

    /**
     * Creates the thread, a daemon; {@link #start} starts it.
     *
     * @param name for example {@code jobyard-ROLE-1}
     * @param consequence effect of failed rounds for the operator: a sentence without its full stop
     * @param round called repeatedly
     */
    public LoopThread(String name, String consequence, LoopRound round) {
        this(name, consequence, round, () -> {});
    }

    /** Makes a thread as above that calls {@code atEnd} last, once it was stopped. */
    public LoopThread(String name, String consequence, LoopRound round, Runnable atEnd) {
        this.round = round;
        this.atEnd = atEnd;
        failures = new FailureLog(consequence);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread, once; the first round begins at once. */
    public void start() {
        thread.start();
    }

    /** Starts the thread, once, after a rest before the first round; {@link #wake()} ends the rest early. */
    public void start(Duration rest) {
        firstRest = rest;
        start();
    }

    /** Begins the next round now, or right after the round that runs. */
    public void wake() {
        calls.release();
    }

    /** Rests within a round: only a stop or an interrupt ends it early. */
    public void pause(Duration rest) {
        try {
            stopped.await(rest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            continues();
        }
    }

    /** Returns whether the loop was stopped: a round that takes long asks for it. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Returns whether rounds run, or may still begin. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Lets the loop end after the round that runs. Does not wait. */
    public void beginStop() {
        stopped.countDown();
        wake();
    }

    /** Stops the loop as {@link #beginStop} and interrupts the round that runs. */
    public void interrupt() {
        beginStop();
        thread.interrupt();
    }

    /**
     * Stops the loop and waits at most this long for the thread to end; false if it is still alive then. An interrupt of the caller ends
     * the wait and stays set.
     */
    public boolean stop(Duration timeout) {
        beginStop();
        return awaitEnd(timeout);
    }

    /** Waits as {@link #stop} for a loop that was stopped, or whose rounds stop it. */
    public boolean awaitEnd(Duration timeout) {
        try {
            thread.join(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void run() {
        if (!firstRest.isZero()) {
            rest(firstRest);
        }
        while (!isStopped()) {
            rest(runRound());
        }
        atEnd.run();
    }

    private Duration runRound() {
        try {
            Duration rest = round.run();
            failures.worked();
            return rest;
        } catch (InterruptedException e) {
            continues();
            return Duration.ZERO;
        } catch (Throwable e) { // the loop must outlive a failed round
            failures.failed(e);
            return PAUSE_AFTER_FAULT;
        }
    }

    private void rest(Duration rest) {
        try {
            if (calls.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                calls.drainPermits();
            }
        } catch (InterruptedException e) {
            continues();
        }
    }

    private void continues() {
        LOG.debug("{} was interrupted and continues", thread.getName());
    }
}
