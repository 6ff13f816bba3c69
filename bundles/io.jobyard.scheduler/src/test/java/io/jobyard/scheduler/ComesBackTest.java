// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs whose handler gives its worker back, for a while or because of a limit. */
class ComesBackTest {

    private static final List<Outcome> LATER = List.of(
            new Outcome.Slept(Duration.ofSeconds(7), null), new Outcome.RateLimited(Duration.ofSeconds(7), "429"));

    private final Desk desk = new Desk();

    @Test
    void theRunIsSpentAndTheAttemptIsNotHoweverOften() {
        JobId id = desk.submit(Desk.spec().maxRetries(0));
        for (int run = 1; run <= 20; run++) {
            Assignment claimed = desk.claim(id);
            assertThat(claimed.stored().job().state().run()).isEqualTo(run);
            assertThat(claimed.stored().job().state().attempt()).isEqualTo(1);
            desk.finish(claimed, LATER.get(run % 2));
            assertThat(desk.job(id).state().attempt()).isZero();
            assertThat(desk.claim(1)).isEmpty();
            pass(7);
        }
        desk.complete(id);
        assertThat(desk.job(id).state().run()).isEqualTo(21);
        assertThat(desk.job(id).state().attempt()).isEqualTo(1);
    }

    @Test
    void itComesBackWhenTheHandlerSaidAndNotBefore() {
        for (Outcome later : LATER) {
            JobId id = desk.submit();
            desk.finish(desk.claim(id), later);
            pass(6);
            assertThat(desk.status(id)).isEqualTo(JobStatus.WAITING);
            pass(1);
            assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);
            desk.complete(id);
        }
    }

    @Test
    void theHistorySaysUntilWhenAndWhy() {
        assertThat(whyOf(new Outcome.Slept(Duration.ofSeconds(7), null))).isEqualTo("sleeps until " + at(7));
        assertThat(whyOf(new Outcome.Slept(Duration.ofSeconds(7), "no answer yet")))
                .isEqualTo("no answer yet; sleeps until " + at(7));
        assertThat(whyOf(new Outcome.RateLimited(Duration.ofSeconds(7), "429")))
                .isEqualTo("429; comes back at " + at(7));
    }

    @Test
    void onlyALimitIsAnErrorUntilTheNextRun() {
        JobId id = desk.submit();
        desk.finish(desk.claim(id), LATER.get(0));
        assertThat(desk.job(id).state().error()).isNull();
        pass(7);
        desk.finish(desk.claim(id), LATER.get(1));
        assertThat(desk.job(id).state().error()).isEqualTo("429");
        pass(7);
        assertThat(desk.claim(id).stored().job().state().error()).isNull();
    }

    @Test
    void itExpiresInItsSleep() {
        for (Outcome later : LATER) {
            JobId id = desk.submit(Desk.spec().expires(desk.clock.instant().plusSeconds(5)));
            desk.finish(desk.claim(id), later);
            pass(5);
            assertThat(desk.job(id).state().reason()).isEqualTo(Reason.EXPIRED);
            assertThat(desk.job(id).state().error()).endsWith("while waiting for its next attempt");
        }
    }

    @Test
    void itIsCancelledInItsSleepOrInsteadOfIt() {
        for (Outcome later : LATER) {
            JobId asleep = desk.submit();
            desk.finish(desk.claim(asleep), later);
            desk.manager.cancel(asleep);
            assertThat(desk.status(asleep)).isEqualTo(JobStatus.CANCELLED);

            JobId running = desk.submit();
            Assignment run = desk.claim(running);
            desk.manager.cancel(running);
            desk.finish(run, later);
            assertThat(desk.status(running)).isEqualTo(JobStatus.CANCELLED);
        }
    }

    @Test
    void aDelayThatNoStoreCanHoldIsBounded() {
        for (Duration delay : List.of(Duration.ofSeconds(-1), Duration.ZERO)) {
            JobId id = desk.submit();
            desk.finish(desk.claim(id), new Outcome.Slept(delay, null));
            pass(0);
            desk.complete(id);
        }
        JobId id = desk.submit();
        desk.finish(desk.claim(id), new Outcome.RateLimited(Duration.ofSeconds(Long.MAX_VALUE), "429"));
        assertThat(desk.stored(id).books().dueAt()).isEqualTo(Desk.START.plus(Duration.ofDays(36_500)));
    }

    @Test
    void aLateOneIsDropped() {
        JobId id = desk.submit();
        Assignment lost = desk.claim(id);
        Desk next = desk.restart();
        next.tidy();
        assertThat(next.finish(lost, LATER.get(0))).isFalse();
        assertThat(next.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    private String whyOf(Outcome outcome) {
        JobId id = desk.submit();
        desk.finish(desk.claim(id), outcome);
        return desk.last(id).why();
    }

    private static Instant at(int seconds) {
        return Desk.START.plusSeconds(seconds);
    }

    private void pass(int seconds) {
        desk.clock.advance(Duration.ofSeconds(seconds));
        desk.tidy();
    }
}
