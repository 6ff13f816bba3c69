// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.doubles.FakeJobContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockingThreadsTest {

    private final BlockingThreads threads = new BlockingThreads("test-", 2);
    private final FakeJobContext run = new FakeJobContext(Map.of());
    private final Semaphore exit = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();

    @AfterEach
    void close() {
        exit.release(100);
        threads.close();
    }

    private CompletableFuture<String> block() {
        return threads.begin(run, () -> {
            inside.incrementAndGet();
            exit.acquireUninterruptibly();
            inside.decrementAndGet();
            return Thread.currentThread().isInterrupted() ? "interrupted" : "done";
        });
    }

    @Test
    void noMoreRunAtOnceAndTheOthersWaitWithASignOfLifeEachSecond() {
        CompletableFuture<String> first = block();
        CompletableFuture<String> second = block();
        CompletableFuture<String> third = block();
        await().until(() -> inside.get() == 2 && run.heartbeats > 0);
        exit.release(3);
        await().until(() -> first.isDone() && second.isDone() && third.isDone());
        assertThat(third).isCompletedWithValue("done");
    }

    @Test
    void workThatIgnoresItsCancellationIsReplacedAndStillGivesItsValue() {
        CompletableFuture<String> first = block();
        CompletableFuture<String> second = block();
        await().until(() -> inside.get() == 2);
        CompletableFuture<String> third = block();
        first.cancel(true);
        first.cancel(true);
        second.cancel(true);
        await().until(() -> inside.get() == 3);
        assertThat(first).isNotDone();
        exit.release(3);
        await().until(() -> first.isDone() && second.isDone() && third.isDone());
        assertThat(first).isCompletedWithValue("interrupted");
        assertThat(third).isCompletedWithValue("done");
        block();
        block();
        block();
        await().during(Duration.ofMillis(300)).until(() -> inside.get() == 2);
    }

    @Test
    void waitingWorkThatIsCancelledNeverBegins() {
        block();
        block();
        await().until(() -> inside.get() == 2);
        CompletableFuture<String> waiting = block();
        waiting.cancel(true);
        assertThat(waiting).isCompletedExceptionally();
        exit.release(2);
        await().until(() -> inside.get() == 0);
    }

    @Test
    void anExceptionOfTheWorkIsThatOfItsFuture() {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> failed = threads.begin(run, () -> {
            begun.countDown();
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(failed::join).hasRootCauseMessage("broken");
        assertThat(begun.getCount()).isZero();
    }
}
