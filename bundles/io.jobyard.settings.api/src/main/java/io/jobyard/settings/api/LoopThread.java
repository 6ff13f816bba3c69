// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that calls one task repeatedly until it is stopped. Nothing else ends the loop: any code in the process can interrupt the thread,
 * so an interrupt only starts the next round early. A failed round is logged by the {@link FailureLog} of the loop and repeated after a
 * pause.
 */
public final class LoopThread {

    /** Round of the loop. */
    @FunctionalInterface
    public interface LoopRound {

        /**
         * Runs one round.
         *
         * @return pause before the next round; {@link LoopThread#wake()} ends it early
         * @throws InterruptedException if the round was interrupted; the next round follows immediately
         * @throws Exception if the round failed
         */
        Duration run() throws Exception;
    }

    /** Pause of a loop that runs only after {@link #wake}. */
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
     * Creates the thread as a daemon. {@link #start} starts it.
     *
     * @param name name of the thread, for example {@code jobyard-ROLE-1}
     * @param consequence effect of failed rounds for the operator, as a sentence without a full stop
     * @param round called repeatedly
     */
    public LoopThread(String name, String consequence, LoopRound round) {
        this(name, consequence, round, () -> {});
    }

    /** Creates a thread that calls {@code atEnd} after it was stopped. */
    public LoopThread(String name, String consequence, LoopRound round, Runnable atEnd) {
        this.round = round;
        this.atEnd = atEnd;
        failures = new FailureLog(consequence);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread. Has no effect after the first call. The first round begins immediately. */
    public void start() {
        thread.start();
    }

    /** Starts the thread with a pause before the first round. Has no effect after the first call. {@link #wake()} ends the pause early. */
    public void start(Duration rest) {
        firstRest = rest;
        start();
    }

    /** Starts the next round now, or directly after the current round. */
    public void wake() {
        calls.release();
    }

    /** Pauses within a round. Only a stop or an interrupt ends the pause early. */
    public void pause(Duration rest) {
        try {
            stopped.await(rest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            continues();
        }
    }

    /** Returns whether the loop was stopped. A long round calls this to end early. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Returns whether rounds run, or may still begin. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Asks the loop to end after the current round. Does not wait. */
    public void beginStop() {
        stopped.countDown();
        wake();
    }

    /** Asks the loop to end like {@link #beginStop}, and interrupts the current round. */
    public void interrupt() {
        beginStop();
        thread.interrupt();
    }

    /**
     * Stops the loop and waits for the end of the thread. Returns false if it has not ended within this time. An interrupt of the caller
     * ends the wait and is preserved.
     */
    public boolean stop(Duration timeout) {
        beginStop();
        return awaitEnd(timeout);
    }

    /** Waits like {@link #stop} for a loop that was already stopped, or that a round stops. */
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
        } catch (Throwable e) { // the loop must survive a failed round
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
