// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Threads of a pool: those that run handlers, and those that begin asynchronous runs. Guarded by the lock of the pool. */
final class SlotThreads {

    /** Number of threads that begin asynchronous runs. Such a handler returns at once, so few suffice. */
    private static final int STARTERS = 4;
    /** Time after which a thread that begins a run is replaced, because its handler blocks. The run continues on that thread. */
    private static final long BLOCKED_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Maximum number of blocked threads that are replaced. */
    static final int MOST_REPLACED = 32;

    private final Supplier<WorkerSettings> settings;
    private final TrackedRuns runs;
    private final WorkerThreads workers;
    private final WorkerThreads starters;

    /** @param work executes runs of a kind on the calling thread until the thread must end */
    SlotThreads(Supplier<WorkerSettings> settings, TrackedRuns runs, Consumer<SlotKind> work) {
        this.settings = settings;
        this.runs = runs;
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

    /** Replaces threads of abandoned runs and blocked threads, and starts missing ones. */
    void makeUp() {
        workers.replace(stuckOnWorkers(), size(SlotKind.THREAD));
        starters.replace(blocked(), MOST_REPLACED);
        for (SlotKind kind : SlotKind.values()) {
            of(kind).fill(size(kind));
        }
    }

    private List<Run> stuckOnWorkers() {
        return runs.stuck().stream()
                .filter(run -> run.begins.slots == SlotKind.THREAD)
                .toList();
    }

    /** Returns the runs whose handlers block the threads that began them, whether replaced or not. */
    List<Run> blocked() {
        return runs.beginning().stream()
                .filter(run -> !run.youngerThan(BLOCKED_NANOS))
                .toList();
    }

    /** Marks all threads as spent after a handler was removed. */
    void renew() {
        workers.renew();
        starters.renew();
    }

    /**
     * Returns the number of slots of a kind, without those of threads that an abandoned run still occupies. It is 0 for asynchronous runs
     * while handlers block all threads that begin them.
     */
    int able(SlotKind kind) {
        int slots = settings.get().slots(kind);
        if (kind == SlotKind.THREAD) {
            return workers.able(stuckOnWorkers(), slots);
        }
        return blocked().size() < MOST_REPLACED + size(kind) ? slots : 0;
    }

    /** Returns the number of slots. No further asynchronous run is accepted while payloads and results fill the memory. */
    Slots able() {
        boolean isFull = runs.asyncBytes() >= settings.get().asyncBytes(); // until some of these runs end
        return new Slots(able(SlotKind.THREAD), isFull ? runs.busy().async() : able(SlotKind.ASYNC));
    }

    /** Returns whether the thread must take no further run. */
    boolean isFinished(SlotKind kind, Thread thread) {
        return !of(kind).needs(thread, size(kind));
    }

    void dismiss(SlotKind kind, Thread thread) {
        of(kind).dismiss(thread);
    }

    /** Returns the threads without those of abandoned runs. */
    Set<Thread> unstuck() {
        Set<Thread> all = new HashSet<>(workers.all());
        all.addAll(starters.all());
        runs.beginning().stream().map(Run::thread).filter(Objects::nonNull).forEach(all::add);
        runs.stuck().stream().map(Run::thread).filter(Objects::nonNull).forEach(all::remove);
        return all;
    }
}
