// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.StoreException;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DispatcherTest {

    /** Takes the next assignment out of wherever it is. */
    private interface Source {
        @Nullable
        Assignment next(Duration timeout) throws InterruptedException;
    }

    private final WorkerFixture workers = new WorkerFixture();
    private final LinkedBlockingQueue<Assignment> ready = new LinkedBlockingQueue<>();
    private volatile Source source = timeout -> ready.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    private final Dispatcher dispatcher = new Dispatcher(
            Stub.<JobScheduler>of(JobScheduler.class)
                    .on("startAdmitted", arguments -> null)
                    .on("claim", arguments -> {
                        Assignment next = source.next((Duration) arguments[1]);
                        return next == null ? List.of() : List.of(next);
                    })
                    .get(),
            workers.pool);

    @AfterEach
    void stop() {
        dispatcher.stop();
        workers.supervisor.stop();
    }

    @Test
    void itFetchesWheneverThereIsRoom() {
        begin();
        for (int i = 0; i < 100; i++) {
            ready.add(workers.assignment("work"));
        }
        await().until(() -> workers.outcomes.size() == 100);
    }

    @Test
    void itGoesOnAfterFaults() {
        Source good = source;
        CountDownLatch faults = new CountDownLatch(3);
        source = timeout -> {
            faults.countDown();
            if (faults.getCount() == 2) {
                throw new StoreException("the store is away", null);
            } else if (faults.getCount() == 1) {
                throw new NoClassDefFoundError("a bundle is being updated");
            }
            source = good;
            return good.next(timeout);
        };
        begin();
        ready.add(workers.assignment("work"));
        await().until(() -> workers.outcomes.size() == 1);
        assertThat(faults.getCount()).isZero();
    }

    @Test
    void stopHandsOnWhatWasBeingFetched() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        Assignment last = workers.assignment("work");
        source = timeout -> {
            fetching.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // a start that is being stored is not cut off
            }
            return last;
        };
        begin();
        fetching.await();

        dispatcher.stop();

        await().until(() -> workers.outcomes.size() == 1);
        assertThat(workers.outcomes(last.stored().id())).containsExactly(new Outcome.Completed("{}"));
    }

    private void begin() {
        workers.handle("work", context -> Map.of());
        workers.pool.resize();
        dispatcher.start();
    }
}
