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

    private final Desk desk = new Desk();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void itEndsWhenTheJobIsFinalHoweverManyWait() throws Exception {
        JobId id = desk.submit();
        AtomicInteger looked = new AtomicInteger();
        desk.fault = (method, arguments) -> {
            if (method.equals("job")) {
                looked.incrementAndGet();
            }
        };
        List<Future<Job>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(threads.submit(() -> desk.manager.await(id, LONG)));
        }
        await().until(() -> looked.get() == 50);

        desk.complete(id);

        for (Future<Job> one : waiting) {
            assertThat(one.get().status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    void itEndsWhenTheTimeIsOverAndTellsWhereTheJobStands() throws Exception {
        JobId id = desk.submit();
        assertThat(desk.manager.await(id, Duration.ofMillis(20)).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(desk.manager.await(id, Duration.ZERO).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(desk.manager.await(id, LONG.negated()).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aFinalJobIsNotWaitedFor() throws Exception {
        JobId id = desk.submit();
        desk.complete(id);
        assertThat(desk.manager.await(id, LONG).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void anUnknownJobIsToldAtOnce() {
        JobId unknown = new JobId(new UUID(0, 5));
        assertThatThrownBy(() -> desk.manager.await(unknown, LONG))
                .isInstanceOf(JobNotFoundException.class)
                .hasMessageContaining(unknown.toString());
        assertThatThrownBy(() -> desk.manager.job(unknown)).isInstanceOf(JobNotFoundException.class);
    }

    @Test
    void whenTheHostStopsNobodyIsLeftWaiting() throws Exception {
        JobId id = desk.submit();
        Future<Job> waiting = threads.submit(() -> desk.manager.await(id, LONG));
        await().until(() -> {
            desk.waiters.wakeAll();
            return waiting.isDone();
        });
        assertThat(waiting.get().status()).isEqualTo(JobStatus.QUEUED);
    }
}
