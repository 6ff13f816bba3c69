// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scans jars in sequence, in a thread that a bundle may block. If a call does not return for a second, the host abandons the thread, and
 * another thread scans the remaining jars.
 */
final class JarLooks {

    private static final long HAND_OVER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);
    private final long handOverNanos;

    JarLooks() {
        this(HAND_OVER_NANOS);
    }

    JarLooks(long handOverNanos) {
        this.handOverNanos = handOverNanos;
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "jobyard-deploy-jar-" + number.incrementAndGet());
        thread.setDaemon(true); // its call may never return
        return thread;
    }

    /** Returns once each free jar has been scanned, or blocks its thread. */
    void all(Collection<WatchedJar> jars, Consumer<WatchedJar> look) throws InterruptedException {
        Deque<WatchedJar> left =
                new ArrayDeque<>(jars.stream().filter(WatchedJar::isFree).toList());
        while (!left.isEmpty() && !threads.isShutdown()) {
            LookRound round = new LookRound(left, look);
            threads.execute(round);
            round.await();
        }
    }

    /** Interrupts calls inside bundles, without waiting for them. */
    void stop() {
        threads.shutdownNow();
    }

    /** One scan on one thread. The remaining jars belong to it until it ends or is abandoned. */
    private final class LookRound implements Runnable {

        private final Deque<WatchedJar> left;
        private final Consumer<WatchedJar> look;
        private int moves;
        private boolean isFinished;
        private boolean isAbandoned;

        LookRound(Deque<WatchedJar> left, Consumer<WatchedJar> look) {
            this.left = left;
            this.look = look;
        }

        @Override
        public void run() {
            try {
                for (WatchedJar jar = next(); jar != null; jar = next()) {
                    try {
                        look.accept(jar);
                    } finally {
                        jar.leave();
                    }
                }
            } finally {
                over();
            }
        }

        private synchronized @Nullable WatchedJar next() {
            WatchedJar jar = isAbandoned ? null : left.poll();
            if (jar != null) {
                jar.enter(Thread.currentThread());
            }
            moves++;
            notifyAll();
            return jar;
        }

        private synchronized void over() {
            isFinished = true;
            notifyAll();
        }

        /** Waits until the scan ends, or has been at one jar for too long. */
        synchronized void await() throws InterruptedException {
            int seen = moves;
            long end = System.nanoTime() + handOverNanos;
            while (!isFinished) {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (millis <= 0 && seen == moves) {
                    isAbandoned = true;
                    return;
                }
                if (seen != moves) {
                    seen = moves;
                    end = System.nanoTime() + handOverNanos;
                } else {
                    wait(millis);
                }
            }
        }
    }
}
