// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks that released handlers can be collected and leave no threads. */
final class LeakProof {

    private static final int UPDATES = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TOLD = 3;

    private final Supplier<HandlerExample> examples;
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final List<Reference<Object>> handlers = new ArrayList<>();

    LeakProof(Supplier<HandlerExample> examples) {
        this.examples = examples;
    }

    void prove() {
        String example = update(); // the first handler starts what the process needs once
        Set<Thread> before = threads();
        for (int update = 1; update < UPDATES; update++) {
            update();
        }
        int held = UPDATES - collected();
        Set<Thread> left = left(before);
        if (!left.isEmpty()) {
            throw new AssertionError(example + ": " + left.size() + " threads are left of " + UPDATES
                    + " handlers that were let go"
                    + left.stream().limit(TOLD).map(Thread::getName).collect(Collectors.joining("', '", ": '", "'"))
                    + "; end them in the handler's @Deactivate method, and name"
                    + " that by deactivated(…), or in the run that has begun them");
        }
        if (held > 0) {
            throw new AssertionError(example + ": " + held + " of " + UPDATES
                    + " handlers that were let go are still held: by a static field,"
                    + " a cache, a listener that is still registered; let go of them in the handler's @Deactivate method,"
                    + " and name that by deactivated(…)");
        }
    }

    /** A separate method, so that no reference remains on the stack. */
    private String update() {
        try (ExampleRun run = new ExampleRun(examples.get(), host -> {}).completed()) {
            for (Object handler : run.made) {
                if (handlers.stream().anyMatch(earlier -> earlier.refersTo(handler))) {
                    throw new AssertionError(
                            run.example + ": its supplier gives the same handler again; it must make another"
                                    + " one at each call");
                }
                handlers.add(new WeakReference<>(handler, collected));
            }
            return run.example.toString();
        }
    }

    private int collected() {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        int count = 0;
        try {
            while (count < UPDATES && System.nanoTime() < deadline) {
                System.gc();
                while (collected.remove(100) != null) {
                    count++;
                }
            }
        } catch (InterruptedException e) {
            throw Engine.interrupted();
        }
        return count;
    }

    private static Set<Thread> left(Set<Thread> before) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Set<Thread> left = threads();
        left.removeAll(before);
        try {
            for (Thread thread : left) {
                thread.join(Math.max(
                        1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            throw Engine.interrupted();
        }
        left.removeIf(thread -> !thread.isAlive());
        return left;
    }

    /** Returns the threads, without those of the process's common pool and those on which Java runs virtual threads. */
    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread ->
                thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool());
        threads.removeIf(thread -> thread.getClass().getName().startsWith("jdk.internal."));
        return threads;
    }
}
