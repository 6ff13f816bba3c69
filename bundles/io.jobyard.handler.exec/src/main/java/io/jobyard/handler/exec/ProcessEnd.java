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

/** Ends trees of processes: asks first, and kills after a grace, again and again until none lives. */
final class ProcessEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);
    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 250;
    /** A process that has got KILL runs no further, though the kernel may hold it for long. */
    private static final long REST_MILLIS = 30_000;

    /** How a thread sleeps. */
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
     * Makes one.
     *
     * @param grace how long a process may take to end after it was asked to
     * @param timeout how long a caller waits for the end of processes that are killed
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
     * Returns when no process of the tree lives. If some do not end though they are killed, a thread goes on killing them, and this returns
     * after the patience. An interrupt in the meantime cuts the grace; it is there afterwards, as is one from before.
     *
     * @param last what is done when no process lives
     */
    void end(ProcessTree tree, Runnable last) {
        boolean wasInterrupted = Thread.interrupted(); // by the cancel that ends the run
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
        LOG.warn("Processes of a command do not end although they were killed; killing them again: pids={}", pids);
        Thread thread = new Thread(() -> killUntilEmpty(tree, last), "jobyard-exec-kill-" + number.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns whether the tree is empty. However late it is, no process is left without a KILL. */
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
        LOG.info("The processes of a command that did not end have ended");
    }

    /** Looks twice: a process may begin another one behind the back of the first look. A tree that cannot be looked at is not empty. */
    private static boolean isEmpty(ProcessTree tree) {
        try {
            boolean isEmpty = tree.isEmpty();
            return isEmpty && tree.isEmpty();
        } catch (RuntimeException e) {
            LOG.debug("Processes of a command cannot be looked at", e);
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

    /** Returns the numbers of processes that live although they were killed. */
    Set<Long> unended() {
        Set<Long> pids = new TreeSet<>();
        stubborn.values().forEach(pids::addAll);
        return pids;
    }
}
