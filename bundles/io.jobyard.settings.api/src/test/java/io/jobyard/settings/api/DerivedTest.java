// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DerivedTest {

    private final List<String> parts = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final Derived<List<String>> all = new Derived<>(() -> {
        made.incrementAndGet();
        return List.copyOf(parts);
    });

    @Test
    void aThousandChangesInARowMakeItOnce() {
        for (int change = 0; change < 1_000; change++) {
            parts.add("x");
            all.changed();
        }
        assertThat(made).hasValue(0);
        assertThat(all.get()).hasSize(1_000).isSameAs(all.get());
        assertThat(made).hasValue(1);
    }

    @Test
    void aChangeIsInForceForTheReadThatFollowsIt() {
        assertThat(all.get()).isEmpty();
        parts.add("a");
        all.changed();
        assertThat(all.get()).containsExactly("a");
    }

    @Test
    void aListenerHearsOfEachChangeAndReadsItInForce() {
        List<List<String>> heard = new ArrayList<>();
        Runnable end = all.onChange(() -> heard.add(all.get()));
        parts.add("a");
        all.changed();
        parts.add("b");
        all.changed();
        end.run();
        all.changed();
        assertThat(heard).containsExactly(List.of("a"), List.of("a", "b"));
    }

    @Test
    void aChangeDuringTheMakingIsNotLost() throws Exception {
        CountDownLatch isMaking = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger part = new AtomicInteger(1);
        Derived<Integer> slow = new Derived<>(() -> {
            int seen = part.get();
            isMaking.countDown();
            awaitQuietly(mayEnd);
            return seen;
        });
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> reader = threads.submit(slow::get);
            isMaking.await();
            part.set(2);
            Future<?> changer = threads.submit(slow::changed);
            mayEnd.countDown();
            assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            changer.get(10, TimeUnit.SECONDS);
            assertThat(slow.get()).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
