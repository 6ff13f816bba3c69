// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.queue.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of a provider that come together cost no more decisions and writes than one. */
class MergedRefusalsTest {

    private static final int ANSWERS = 1_000;

    private final LanesFixture fixture = new LanesFixture();
    private final AtomicInteger decisions = new AtomicInteger();
    private final List<LimitUse> stored = new ArrayList<>();
    private final ReportedDraws runs = new ReportedDraws(
            fixture.lanes, store(), new LimitUseWriter(fixture.lanes, store(), passed -> {}, later -> {}));
    private List<JobId> running;
    private Thread claim;

    @BeforeEach
    void begin() {
        fixture.limit("openai", "adaptive", "1000..2000", "rate.tokens", "60000/m burst 60000");
        for (int n = 0; n < ANSWERS; n++) {
            fixture.submitLimited("a", 5, Map.of("tokens", 1.0), "openai");
        }
        running = fixture.start(ANSWERS);
        assertThat(running).hasSize(ANSWERS);
        fixture.submitLimited("a", 5, Map.of(), "openai");
        fixture.gates.add(counted());
        claim = new Thread(() -> {
            try {
                fixture.lanes.claims.take(() -> new Slots(9, 0), Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the end of the test
            }
        });
        claim.start();
        await().until(() -> claim.getState() == Thread.State.TIMED_WAITING && decisions.get() > 0);
        decisions.set(0);
        fixture.lanes.allowances.takeChanged();
    }

    @AfterEach
    void end() throws InterruptedException {
        claim.interrupt();
        claim.join();
    }

    @Test
    void aThousandRetryAfterCostNoDecisionAndOneWrite() {
        Instant until = LanesFixture.START.plusSeconds(30);
        for (int n = 0; n < ANSWERS; n++) {
            runs.rateLimited(running.get(n), until.plusNanos(n * 900_000L));
        }

        assertThat(decisionsAfterOneMore()).isEqualTo(1);
        assertThat(stored).extracting(use -> use.key().unit()).containsExactly("*");
        assertThat(fixture.lanes.allowances.limits())
                .singleElement()
                .satisfies(limit ->
                        assertThat(limit.shutUntil()).isEqualTo(EpochNanos.of(until.plusNanos(999 * 900_000L))));
    }

    @Test
    void laterTimesAreStored() {
        Instant until = LanesFixture.START.plusSeconds(30);
        for (int n = 0; n < 3; n++) {
            runs.rateLimited(running.get(n), until.plusSeconds(n));
            runs.rateLimited(running.get(n), until);
        }
        assertThat(stored)
                .extracting(LimitUse::fullAt)
                .containsExactly(until, until.plusSeconds(1), until.plusSeconds(2));
    }

    @Test
    void aThousandRemainingAmountsCostNoDecision() {
        for (int n = 0; n < ANSWERS; n++) {
            runs.remaining(running.get(n), "tokens", 50_000 - n, LanesFixture.START.plusSeconds(30));
        }
        assertThat(decisionsAfterOneMore()).isEqualTo(1);
    }

    /** Wakes the claim once, and returns the number of decisions until it waits again. */
    private int decisionsAfterOneMore() {
        int before = decisions.get();
        fixture.lanes.lock.wake();
        await().until(() -> decisions.get() > before && claim.getState() == Thread.State.TIMED_WAITING);
        return decisions.get();
    }

    /** A gate that each decision asks once about the only group of lanes. */
    private Gate counted() {
        return new Gate() {
            @Override
            public String name() {
                return "counted";
            }

            @Override
            public boolean open(LaneKey lane) {
                decisions.incrementAndGet();
                return true;
            }

            @Override
            public String detail(LaneKey lane) {
                return "";
            }
        };
    }

    @SuppressWarnings("unchecked")
    private LimitStore store() {
        return Stub.<LimitStore>of(LimitStore.class)
                .on("remember", arguments -> {
                    stored.addAll((Collection<LimitUse>) arguments[0]);
                    return CompletableFuture.completedFuture(true);
                })
                .get();
    }
}
