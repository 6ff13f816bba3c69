// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.jobs.SlotKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Threads of a pool: those that run handlers, and those that begin asynchronous runs. Guarded by the lock of the pool. */
final class SlotThreads {

    /** Number of threads that begin asynchronous runs. Such a handler returns at once, so few suffice. */
    private static final int STARTERS = 4;

    private final Supplier<WorkerSettings> settings;
    private final WorkerThreads workers;
    private final WorkerThreads starters;

    /** @param work executes runs of a kind on the calling thread until the thread must end */
    SlotThreads(Supplier<WorkerSettings> settings, Consumer<SlotKind> work) {
        this.settings = settings;
        workers = new WorkerThreads("jobyard-worker-", () -> work.accept(SlotKind.THREAD));
        starters = new WorkerThreads("jobyard-starter-", () -> work.accept(SlotKind.ASYNC));
    }

    private WorkerThreads of(SlotKind kind) {
        return kind == SlotKind.THREAD ? workers : starters;
    }

    private int size(SlotKind kind) {
        WorkerSettings now = settings.get();
        return kind == SlotKind.THREAD ? now.threads() : Math.min(STARTERS, now.asyncJobs());
    }

    /** Replaces threads of abandoned runs, and starts missing ones. */
    void makeUp(List<Run> stuck) {
        for (SlotKind kind : SlotKind.values()) {
            of(kind).replace(stuck.stream().filter(run -> run.slots == kind).toList(), size(kind));
            of(kind).fill(size(kind));
        }
    }

    /** Marks all threads as spent after a handler was removed. */
    void renew() {
        workers.renew();
        starters.renew();
    }

    /** Returns the number of slots of a kind, without those of threads that an abandoned run still occupies. */
    int able(SlotKind kind, List<Run> stuck) {
        int slots = settings.get().slots(kind);
        return kind == SlotKind.THREAD ? workers.able(stuck, slots) : slots;
    }

    /** Returns whether the thread must take no further run. */
    boolean isFinished(SlotKind kind, Thread thread) {
        return !of(kind).needs(thread, size(kind));
    }

    void dismiss(SlotKind kind, Thread thread) {
        of(kind).dismiss(thread);
    }

    Set<Thread> without(List<Run> runs) {
        Set<Thread> all = new HashSet<>(workers.without(runs));
        all.addAll(starters.without(runs));
        return all;
    }
}
