// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs whose handler gives its worker back, for a while or because of a limit. */
class ComesBackTest {

    private static final List<Outcome> LATER = List.of(
            new Outcome.Slept(Duration.ofSeconds(7), null), new Outcome.RateLimited(Duration.ofSeconds(7), "429"));

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void theRunIsSpentAndTheAttemptIsNotHoweverOften() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        for (int run = 1; run <= 20; run++) {
            Assignment claimed = scheduler.claim(id);
            assertThat(claimed.stored().job().state().run().number()).isEqualTo(run);
            assertThat(claimed.stored().job().state().run().attempt()).isEqualTo(1);
            scheduler.finish(claimed, LATER.get(run % 2));
            assertThat(scheduler.job(id).state().run().attempt()).isZero();
            assertThat(scheduler.claim(1)).isEmpty();
            pass(7);
        }
        scheduler.complete(id);
        assertThat(scheduler.job(id).state().run().number()).isEqualTo(21);
        assertThat(scheduler.job(id).state().run().attempt()).isEqualTo(1);
    }

    @Test
    void itComesBackWhenTheHandlerSaidAndNotBefore() {
        for (Outcome later : LATER) {
            JobId id = scheduler.submit();
            scheduler.finish(scheduler.claim(id), later);
            pass(6);
            assertThat(scheduler.status(id)).isEqualTo(JobStatus.WAITING);
            pass(1);
            assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
            scheduler.complete(id);
        }
    }

    @Test
    void whoWaitsForLimitsIsReadyAtItsPlaceAndTheNextStartTakesWhatItsCallNeeds() {
        JobId id = scheduler.submit(
                SchedulerFixture.spec().maxRetries(0).estimate("tokens", 100).slots("gpu", 2));
        Assignment run = scheduler.claim(id);
        Instant position = run.stored().books().readyAt();
        pass(5);
        scheduler.finish(run, new Outcome.AwaitsLimits(Map.of("calls", 1.0, "tokens", 7.0), "step 'a' waits"));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.stored(id).books().readyAt()).isEqualTo(position);
        assertThat(scheduler.job(id).state().run().attempt()).isZero();
        assertThat(scheduler.job(id).terms().demand().estimate())
                .isEqualTo(Map.of("calls", 1.0, "tokens", 7.0, "slots.gpu", 2.0));
        scheduler.complete(id);
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
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), LATER.get(0));
        assertThat(scheduler.job(id).state().error()).isNull();
        pass(7);
        scheduler.finish(scheduler.claim(id), LATER.get(1));
        assertThat(scheduler.job(id).state().error()).isEqualTo("429");
        pass(7);
        assertThat(scheduler.claim(id).stored().job().state().error()).isNull();
    }

    @Test
    void itExpiresInItsSleep() {
        for (Outcome later : LATER) {
            JobId id = scheduler.submit(
                    SchedulerFixture.spec().expires(scheduler.clock.instant().plusSeconds(5)));
            scheduler.finish(scheduler.claim(id), later);
            pass(5);
            assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.EXPIRED);
            assertThat(scheduler.job(id).state().error())
                    .matches(".* while (its handler slept|waiting for its next attempt)");
        }
    }

    @Test
    void itIsCancelledInItsSleepOrInsteadOfIt() {
        for (Outcome later : LATER) {
            JobId asleep = scheduler.submit();
            scheduler.finish(scheduler.claim(asleep), later);
            scheduler.manager.cancel(asleep);
            assertThat(scheduler.status(asleep)).isEqualTo(JobStatus.CANCELLED);

            JobId running = scheduler.submit();
            Assignment run = scheduler.claim(running);
            scheduler.manager.cancel(running);
            scheduler.finish(run, later);
            assertThat(scheduler.status(running)).isEqualTo(JobStatus.CANCELLED);
        }
    }

    @Test
    void aDelayThatNoStoreCanHoldIsBounded() {
        for (Duration delay : List.of(Duration.ofSeconds(-1), Duration.ZERO)) {
            JobId id = scheduler.submit();
            scheduler.finish(scheduler.claim(id), new Outcome.Slept(delay, null));
            pass(0);
            scheduler.complete(id);
        }
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.RateLimited(Duration.ofSeconds(Long.MAX_VALUE), "429"));
        assertThat(scheduler.stored(id).books().dueAt())
                .isEqualTo(SchedulerFixture.START.plus(Duration.ofDays(36_500)));
    }

    @Test
    void aLateOneIsDropped() {
        JobId id = scheduler.submit();
        Assignment lost = scheduler.claim(id);
        SchedulerFixture next = scheduler.restart();
        next.tidy();
        assertThat(next.finish(lost, LATER.get(0))).isFalse();
        assertThat(next.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    private String whyOf(Outcome outcome) {
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), outcome);
        return scheduler.last(id).why();
    }

    private static Instant at(int seconds) {
        return SchedulerFixture.START.plusSeconds(seconds);
    }

    private void pass(int seconds) {
        scheduler.clock.advance(Duration.ofSeconds(seconds));
        scheduler.tidy();
    }
}
