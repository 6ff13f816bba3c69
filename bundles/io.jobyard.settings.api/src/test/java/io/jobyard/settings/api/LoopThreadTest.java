// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopThreadTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private LoopThread loop(LoopThread.LoopRound round) {
        LoopThread loop = new LoopThread(
                "loop",
                "Nothing is counted",
                () -> {
                    thread.set(Thread.currentThread());
                    rounds.incrementAndGet();
                    return round.run();
                },
                ended::countDown);
        loop.start();
        awaitRounds(1);
        return loop;
    }

    private void awaitRounds(int least) {
        await().until(() -> rounds.get() >= least);
    }

    @Test
    void aWakeEndsTheRest() throws InterruptedException {
        LoopThread loop = loop(() -> LONG);
        loop.wake();
        awaitRounds(2);
        assertThat(loop.stop(LONG)).isTrue();
    }

    @Test
    void anInterruptOfTheRestEndsNothing() throws InterruptedException {
        LoopThread loop = loop(() -> LONG);
        thread.get().interrupt();
        awaitRounds(2);
        assertThat(loop.stop(LONG)).isTrue();
    }

    @Test
    void anInterruptOfARoundIsFollowedByTheNextOneAtOnce() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        LoopThread loop = loop(() -> {
            if (rounds.get() == 1) {
                never.await();
            }
            return LONG;
        });
        thread.get().interrupt();
        awaitRounds(2);
        assertThat(loop.stop(LONG)).isTrue();
    }

    @Test
    void aRoundThatFailsIsFollowedByAnother() throws InterruptedException {
        LoopThread loop = loop(() -> {
            if (rounds.get() == 1) {
                throw new IllegalStateException("on purpose");
            } else if (rounds.get() == 2) {
                throw new AssertionError("on purpose");
            }
            return LONG;
        });
        loop.wake();
        awaitRounds(2);
        loop.wake();
        awaitRounds(3);
        assertThat(loop.stop(LONG)).isTrue();
    }

    @Test
    void aRestBeforeTheFirstRoundIsEndedByAWakeAndByAStop() throws InterruptedException {
        LoopThread woken = new LoopThread("loop", "Nothing is counted", () -> count(LONG));
        woken.start(LONG);
        assertThat(rounds).hasValue(0);
        woken.wake();
        awaitRounds(1);
        assertThat(woken.stop(LONG)).isTrue();
        LoopThread stopped = new LoopThread("loop", "Nothing is counted", () -> count(LONG));
        stopped.start(LONG);
        assertThat(stopped.stop(LONG)).isTrue();
        assertThat(rounds).hasValue(1);
    }

    private Duration count(Duration rest) {
        rounds.incrementAndGet();
        return rest;
    }

    @Test
    void theThreadItselfDoesWhatComesLast() throws InterruptedException {
        LoopThread loop = loop(() -> LONG);
        assertThat(ended.getCount()).isOne();
        assertThat(loop.stop(LONG)).isTrue();
        assertThat(ended.await(0, TimeUnit.SECONDS)).isTrue();
        assertThat(rounds).hasValue(1);
    }

    @Test
    void aStopDoesNotWaitLongerThanItIsTold() throws InterruptedException {
        CountDownLatch stands = new CountDownLatch(1);
        LoopThread loop = loop(() -> {
            stands.await();
            return LONG;
        });
        assertThat(loop.stop(Duration.ofMillis(10))).isFalse();
        stands.countDown();
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPauseIsEndedByAStopAndByNoWake() throws InterruptedException {
        AtomicReference<LoopThread> own = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        LoopThread loop = loop(() -> {
            known.await();
            own.get().pause(LONG);
            return Duration.ZERO;
        });
        own.set(loop);
        loop.wake();
        known.countDown();
        assertThat(loop.awaitEnd(Duration.ofMillis(50))).isFalse();
        assertThat(rounds).hasValue(1);
        assertThat(loop.isStopped()).isFalse();
        assertThat(loop.stop(LONG)).isTrue();
        assertThat(loop.isStopped()).isTrue();
    }

    @Test
    void anInterruptOfTheLoopEndsTheRoundThatRuns() {
        CountDownLatch never = new CountDownLatch(1);
        LoopThread loop = loop(() -> {
            never.await();
            return LONG;
        });
        loop.interrupt();
        assertThat(loop.awaitEnd(LONG)).isTrue();
        assertThat(rounds).hasValue(1);
    }
}
