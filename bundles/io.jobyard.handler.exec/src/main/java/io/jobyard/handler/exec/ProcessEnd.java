// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends process trees: sends TERM, then KILL after a grace period, repeatedly until no process is left. */
final class ProcessEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);
    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 250;
    /** Pause between KILL signals. A killed process does not run again, but the kernel may keep it for a long time. */
    private static final long REST_MILLIS = 30_000;

    /** The way a thread sleeps. */
    @FunctionalInterface
    interface EndPause {
        void millis(long millis) throws InterruptedException;
    }

    private final Duration grace;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final EndPause pause;
    private final Map<ProcessTree, Set<Long>> stubborn = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();

    /**
     * Creates the ender.
     *
     * @param grace how long a process may take to end after TERM
     * @param timeout how long a caller waits for killed processes to end
     */
    ProcessEnd(Duration grace, Duration timeout) {
        this(grace, timeout, System::nanoTime, Thread::sleep);
    }

    ProcessEnd(Duration grace, Duration timeout, LongSupplier nanoTime, EndPause pause) {
        this.grace = grace;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * Ends a tree and returns when no process is left. If killed processes do not end, a thread keeps killing them, and
     * this method returns after the timeout. An interrupt during the call ends the grace period; the interrupt status
     * is kept, as is an earlier one.
     *
     * @param last runs when no process is left
     */
    void end(ProcessTree tree, Runnable last) {
        boolean wasInterrupted = Thread.interrupted(); // caused by the cancel that ends the run
        boolean isEmpty = askAndKill(tree);
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (isEmpty) {
            last.run();
        } else {
            killFurther(tree, last);
        }
    }

    private void killFurther(ProcessTree tree, Runnable last) {
        Set<Long> pids = new TreeSet<>(tree.pids());
        stubborn.put(tree, pids);
        LOG.warn("Command processes did not end after they were killed; killing them again: pids={}", pids);
        Thread thread = new Thread(() -> killUntilEmpty(tree, last), "jobyard-exec-kill-" + number.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends TERM, waits and sends KILL. Returns whether the tree is empty. Sends KILL even if the time is over. */
    private boolean askAndKill(ProcessTree tree) {
        boolean isInterrupted = false;
        long millis = SHORTEST_PAUSE_MILLIS;
        long begun = nanoTime.getAsLong();
        boolean isEmpty = isEmpty(tree);
        while (!isEmpty && !isInterrupted && nanoTime.getAsLong() - begun <= grace.toNanos()) {
            tree.ask();
            isInterrupted = isInterruptedIn(millis);
            millis = Math.min(2 * millis, LONGEST_PAUSE_MILLIS);
            isEmpty = isEmpty(tree);
        }
        long killed = nanoTime.getAsLong();
        while (!isEmpty && nanoTime.getAsLong() - killed <= timeout.toNanos()) {
            tree.kill();
            isInterrupted |= isInterruptedIn(millis);
            isEmpty = isEmpty(tree);
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return isEmpty;
    }

    private void killUntilEmpty(ProcessTree tree, Runnable last) {
        long millis = LONGEST_PAUSE_MILLIS;
        while (!isEmpty(tree)) {
            stubborn.put(tree, tree.pids());
            tree.kill();
            isInterruptedIn(millis);
            millis = Math.min(2 * millis, REST_MILLIS);
        }
        stubborn.remove(tree);
        last.run();
        LOG.info("Command processes that did not end have now ended");
    }

    /**
     * Returns whether the tree is empty. Checks twice, because a process may start another during the first check. A
     * tree that cannot be read counts as not empty.
     */
    private static boolean isEmpty(ProcessTree tree) {
        try {
            boolean isEmpty = tree.isEmpty();
            return isEmpty && tree.isEmpty();
        } catch (RuntimeException e) {
            LOG.debug("Cannot read command processes", e);
            return false;
        }
    }

    private boolean isInterruptedIn(long millis) {
        try {
            pause.millis(millis);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Returns the PIDs of processes that are alive although they were killed. */
    Set<Long> unended() {
        Set<Long> pids = new TreeSet<>();
        stubborn.values().forEach(pids::addAll);
        return pids;
    }
}
