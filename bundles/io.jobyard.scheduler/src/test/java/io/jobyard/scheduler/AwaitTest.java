// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AwaitTest {

    private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void itEndsWhenTheJobIsFinalHoweverManyWait() throws Exception {
        JobId id = scheduler.submit();
        AtomicInteger looked = new AtomicInteger();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("job")) {
                looked.incrementAndGet();
            }
        };
        List<Future<Job>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(threads.submit(() -> scheduler.manager.await(id, LONG)));
        }
        await().until(() -> looked.get() == 50);

        scheduler.complete(id);

        for (Future<Job> one : waiting) {
            assertThat(one.get().status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    void itEndsWhenTheTimeIsOverAndTellsWhereTheJobStands() throws Exception {
        JobId id = scheduler.submit();
        assertThat(scheduler.manager.await(id, Duration.ofMillis(20)).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.manager.await(id, Duration.ZERO).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.manager.await(id, LONG.negated()).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aFinalJobIsNotWaitedFor() throws Exception {
        JobId id = scheduler.submit();
        scheduler.complete(id);
        assertThat(scheduler.manager.await(id, LONG).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void anUnknownJobIsToldAtOnce() {
        JobId unknown = new JobId(new UUID(0, 5));
        assertThatThrownBy(() -> scheduler.manager.await(unknown, LONG))
                .isInstanceOf(JobNotFoundException.class)
                .hasMessageContaining(unknown.toString());
        assertThatThrownBy(() -> scheduler.manager.job(unknown)).isInstanceOf(JobNotFoundException.class);
    }

    @Test
    void whenTheHostStopsNobodyIsLeftWaiting() throws Exception {
        JobId id = scheduler.submit();
        Future<Job> waiting = threads.submit(() -> scheduler.manager.await(id, LONG));
        await().until(() -> {
            scheduler.engine.awaited.wakeAll();
            return waiting.isDone();
        });
        assertThat(waiting.get().status()).isEqualTo(JobStatus.QUEUED);
    }
}
