// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncThreadsTest {

    private static final int MANY = 100;
    private static final int ROUNDS = 5;

    private final WorkerFixture workers = new WorkerFixture();
    private final Run blocking = workers.run(workers.assignment("blocking"));
    private final Run other = workers.run(workers.assignment("other"));
    private final AsyncThreads threads = new AsyncThreads();
    private final Semaphore exit = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger interrupts = new AtomicInteger();
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();

    @AfterEach
    void end() {
        exit.release(10 * MANY);
    }

    private void block() {
        used.add(Thread.currentThread());
        inside.incrementAndGet();
        exit.acquireUninterruptibly();
        interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
        inside.decrementAndGet();
    }

    @Test
    void manyTasksShareFewThreads() {
        for (int n = 0; n < MANY; n++) {
            threads.execute(blocking, this::block);
        }
        await().until(() -> inside.get() == AsyncThreads.MOST);
        exit.release(MANY);
        await().until(() -> inside.get() == 0 && exit.availablePermits() == 0);
        assertThat(used)
                .hasSize(AsyncThreads.MOST)
                .allMatch(thread -> thread.getName().startsWith("jobyard-async-"));
    }

    @Test
    void tasksThatIgnoreTheirInterruptHoldUpNoOtherRun() {
        for (int n = 0; n < AsyncThreads.MOST; n++) {
            threads.execute(blocking, this::block);
        }
        await().until(() -> inside.get() == AsyncThreads.MOST);
        AtomicInteger done = new AtomicInteger();
        threads.execute(other, done::incrementAndGet);
        threads.interrupt(other);
        assertThat(done).hasValue(0);
        threads.interrupt(blocking);
        await().until(() -> done.get() == 1);
        exit.release(AsyncThreads.MOST);
        await().until(() -> inside.get() == 0);
        assertThat(interrupts).hasValue(AsyncThreads.MOST);
    }

    @Test
    void anInterruptDoesNotReachTheNextTaskOfTheThread() {
        AtomicInteger clean = new AtomicInteger();
        for (int round = 1; round <= ROUNDS; round++) {
            threads.execute(blocking, this::block);
            await().until(() -> inside.get() == 1);
            threads.interrupt(blocking);
            exit.release();
            await().until(() -> inside.get() == 0);
            threads.execute(other, () -> clean.addAndGet(Thread.currentThread().isInterrupted() ? 0 : 1));
            int expected = round;
            await().until(() -> clean.get() == expected);
        }
        assertThat(interrupts).hasValue(ROUNDS);
    }

    @Test
    void noInterruptReachesATaskThatHasLeftTheCodeOfItsRun() {
        AtomicInteger clean = new AtomicInteger();
        threads.execute(blocking, () -> {
            threads.leave();
            inside.incrementAndGet();
            exit.acquireUninterruptibly();
            clean.addAndGet(Thread.currentThread().isInterrupted() ? 0 : 1);
            inside.decrementAndGet();
        });
        await().until(() -> inside.get() == 1);
        threads.interrupt(blocking);
        exit.release();
        await().until(() -> inside.get() == 0);
        assertThat(clean).hasValue(1);
    }
}
