// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HandlerName;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StoreException;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start and the end of runs. */
class RunStarterTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aStartIsDurableAndCountsRunAndAttempt() {
        JobId id = scheduler.submit(SchedulerFixture.spec().payload(Map.of("n", 1)));

        Assignment run = scheduler.claim(id);

        assertThat(run.payload()).isEqualTo("{\"n\":1}");
        assertThat(run.stored()).isEqualTo(scheduler.stored(id));
        Job job = scheduler.job(id);
        assertThat(job.state().run().number()).isEqualTo(1);
        assertThat(job.state().run().attempt()).isEqualTo(1);
        assertThat(job.state().run().host()).isEqualTo("here");
        assertThat(job.state().run().startedAt()).isNull();
    }

    @Test
    void aRunKeepsTheQueueThatItsTypeWasRoutedTo() {
        scheduler.handlers.come("llm_chat");
        JobId routed = scheduler.submit(JobSpecification.type("llm_chat").payload(Map.of()));
        JobId asked = scheduler.submit(SchedulerFixture.spec().queue("slow"));
        assertThat(scheduler.job(routed).state().run().queue()).isNull();

        assertThat(scheduler.claim(routed).stored().job().state().run().queue()).isEqualTo("llm");
        assertThat(scheduler.claim(asked).stored().job().state().run().queue()).isEqualTo("slow");
    }

    @Test
    void theHistoryNamesTheHandlerThatARunIsGivenTo() {
        scheduler.handlers.go("work");
        JobId id = scheduler.submit();
        scheduler.handlers.come("work");

        Assignment run = scheduler.claim(id);
        assertThat(run.handler()).isEqualTo(new HandlerName("1.0.0", "test 1.0.0"));
        assertThat(scheduler.memory.history(id))
                .extracting(one -> one.run().handler())
                .containsExactly(null, run.handler());

        scheduler.finish(run, new Outcome.GivenBack("its handler left"));
        scheduler.handlers.handlers.clear();
        assertThat(scheduler.claim(id).handler()).isNull();
    }

    @Test
    void theResultAndTheFirstLineAreStored() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        Instant firstLine = scheduler.clock.advance(Duration.ofSeconds(1));
        scheduler.clock.advance(Duration.ofSeconds(2));

        assertThat(scheduler
                        .engine
                        .finish(run, firstLine, new Outcome.Completed("{\"a\":2}"))
                        .join())
                .isTrue();

        assertThat(scheduler.memory.results(List.of(id))).containsEntry(id, "{\"a\":2}");
        assertThat(scheduler.job(id).state().run().startedAt()).isEqualTo(firstLine);
        assertThat(scheduler.job(id).state().error()).isNull();
    }

    @Test
    void aFailureIsTriedAgainUntilNoAttemptIsLeft() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(2));
        for (int attempt = 1; attempt <= 2; attempt++) {
            scheduler.finish(scheduler.claim(id), new Outcome.Failed("broken", false, null));
            assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.RETRY);
            assertThat(scheduler.job(id).state().run().attempt()).isEqualTo(attempt);
            assertThat(scheduler.job(id).state().error()).isEqualTo("broken");
            Instant next = scheduler.clock.instant().plusSeconds(attempt);
            assertThat(scheduler.stored(id).books().dueAt()).isEqualTo(next);
            scheduler.clock.set(next.minusNanos(1_000));
            scheduler.tidy();
            assertThat(scheduler.status(id)).isEqualTo(JobStatus.WAITING);
            scheduler.clock.set(next);
            scheduler.tidy();
            assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
        }

        scheduler.finish(scheduler.claim(id), new Outcome.Failed("broken again", false, null));

        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.ERROR);
        assertThat(scheduler.job(id).state().error()).isEqualTo("broken again");
        assertThat(scheduler.job(id).state().run().number()).isEqualTo(3);
        assertThat(scheduler.memory.history(id)).hasSize(9);
    }

    @Test
    void noRetriesMeansNone() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("broken", false, null));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aPermanentFailureIsFinalAtOnce() {
        JobId id = scheduler.submit();
        scheduler.fail(id);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(id).state().error()).isEqualTo("broken");
    }

    @ParameterizedTest
    @CsvSource({
        "PT42S, PT42S",
        "PT0S, PT0S",
        "PT-5S, PT0S",
        "PT1.123456789S, PT1.123456S",
        "PT2562047788015215H, PT876000H",
    })
    void theHandlersDelayIsTakenAsTheStoreCanHoldIt(Duration asked, Duration given) {
        JobId id = scheduler.submit();

        scheduler.finish(scheduler.claim(id), new Outcome.Failed("later", false, asked));

        assertThat(scheduler.stored(id).books().dueAt()).isEqualTo(SchedulerFixture.START.plus(given));
        assertThat(scheduler.job(id).state().run().attempt()).isEqualTo(1);
    }

    @Test
    void aTimeoutIsTriedAgainAndSaysHowLongItRan() {
        JobId id = scheduler.submit(
                SchedulerFixture.spec().timeout(Duration.ofMillis(1_500)).maxRetries(1));
        scheduler.finish(scheduler.claim(id), new Outcome.TimedOut(Duration.ofMillis(1_500)));
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.RETRY);
        assertThat(scheduler.job(id).state().error()).isEqualTo("timed out after 1.5 s");
        scheduler.clock.advance(Duration.ofSeconds(1));
        scheduler.tidy();
        scheduler.finish(scheduler.claim(id), new Outcome.TimedOut(Duration.ofSeconds(60)));
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(scheduler.job(id).state().error()).isEqualTo("timed out after 60 s");
    }

    @Test
    void aTimeoutThatStoredANewStepDoesNotCountAsAnAttemptSoManyTimes() {
        Outcome timedOut = new Outcome.TimedOut(Duration.ofSeconds(60), false, true);
        scheduler.settings = new SchedulerSettings(
                60, 3, 2, 5, 1, 600, 86_400, new SchedulerSettings.SubmissionSizes(4_096, 4_096, 10_000, 16_384));
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        for (int run = 1; run <= 2; run++) {
            scheduler.finish(scheduler.claim(id), timedOut);

            JobState state = scheduler.job(id).state();
            assertThat(state.status()).isEqualTo(JobStatus.QUEUED);
            assertThat(state.reason()).isEqualTo(Reason.PROGRESS);
            assertThat(state.run().number()).isEqualTo(run);
            assertThat(state.run().attempt()).isZero();
            assertThat(state.error())
                    .isEqualTo("timed out after 60 s and stored new steps: the run does not count as an attempt (" + run
                            + " of at most 2)");
        }
        scheduler.finish(scheduler.claim(id), timedOut);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(scheduler.job(id).state().error())
                .isEqualTo("timed out after 60 s and stored new steps, but as many such runs as progress.retries allows"
                        + " did not count before: raise the timeout or progress.retries of its type");

        scheduler.manager.retry(id);
        scheduler.finish(scheduler.claim(id), timedOut);
        assertThat(scheduler.job(id).state().error()).endsWith("(1 of at most 2)");
    }

    @Test
    void aTypeSaysHowManyTimeoutsOfItsJobsDoNotCount() {
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        0,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        scheduler.finish(scheduler.claim(id), new Outcome.TimedOut(Duration.ofSeconds(60), false, true));
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(scheduler.job(id).state().error()).isEqualTo("timed out after 60 s");
    }

    @Test
    void aJobThatGoesOnAfterItsTimeoutStandsBehindOthersAndKeepsItsDeadline() {
        Instant deadline = SchedulerFixture.START.plusSeconds(99);
        JobId slow = scheduler.submit(SchedulerFixture.spec().deadline(deadline));
        JobId other = scheduler.submit();
        Assignment run = scheduler.claim(slow);
        scheduler.clock.advance(Duration.ofSeconds(60));
        scheduler.finish(run, new Outcome.TimedOut(Duration.ofSeconds(60), false, true));
        scheduler.claim(other);
        scheduler.clock.advance(Duration.ofSeconds(39));
        scheduler.tidy();
        assertThat(scheduler.job(slow).state().reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void aRunThatWasSilentForTooLongEndsAsAtItsTimeoutAndSaysWhatToDo() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        scheduler.finish(scheduler.claim(id), new Outcome.TimedOut(Duration.ofSeconds(30), true, false));
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(scheduler.job(id).state().error())
                .isEqualTo("no sign of life for 30 s: its handler is to call heartbeat() of its context more often, or"
                        + " heartbeat.seconds of its type is to be larger");
    }

    @Test
    void aRunGivenBackCostsNoAttemptAndKeepsItsPlace() {
        JobId first = scheduler.submit(SchedulerFixture.spec().expires(SchedulerFixture.START.plusSeconds(99)));
        scheduler.clock.advance(Duration.ofSeconds(1));
        JobId second = scheduler.submit();
        Assignment run = scheduler.claim(first);

        scheduler
                .engine
                .finish(run, null, new Outcome.GivenBack("the host stopped"))
                .join();

        assertThat(scheduler.job(first).state().run().attempt()).isZero();
        assertThat(scheduler.job(first).state().run().number()).isEqualTo(1);
        assertThat(scheduler.last(first).why()).isEqualTo("the host stopped");
        assertThat(scheduler.stored(first).books().dueAt()).isEqualTo(SchedulerFixture.START.plusSeconds(99));
        Assignment again = scheduler.claim(first);
        assertThat(again.stored().job().state().run().number()).isEqualTo(2);
        scheduler.claim(second);
    }

    @Test
    void aLostHostsRunsGoBackUncharged() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);

        SchedulerFixture next = scheduler.restart();
        next.tidy();

        assertThat(next.job(id).state().reason()).isEqualTo(Reason.HOST_LOST);
        assertThat(next.job(id).state().run().attempt()).isZero();
        assertThat(next.stored(id).books().losses()).isEqualTo(1);
        assertThat(next.last(id).why()).isEqualTo("host here ended during the run");
        assertThat(next.finish(run, new Outcome.Completed("{}"))).isFalse();
        assertThat(next.memory.results(List.of(id))).isEmpty();
        assertThat(next.claim(id).stored().job().state().run().number()).isEqualTo(2);
    }

    @Test
    void onlyTheFirstOutcomeOfARunIsAccepted() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);

        assertThat(scheduler.finish(run, new Outcome.GivenBack("timed out in the queue")))
                .isTrue();
        Assignment next = scheduler.claim(id);
        assertThat(scheduler.finish(run, new Outcome.Completed("{\"late\":1}"))).isFalse();
        assertThat(scheduler.finish(next, new Outcome.Completed("{\"good\":1}")))
                .isTrue();
        assertThat(scheduler.finish(next, new Outcome.Failed("twice", true, null)))
                .isFalse();

        assertThat(scheduler.memory.results(List.of(id))).containsEntry(id, "{\"good\":1}");
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void aResultThatIsTooLargeFailsForGood() {
        JobId fits = scheduler.submit();
        scheduler.finish(scheduler.claim(fits), new Outcome.Completed("{\"a\":\"" + "é".repeat(2_044) + "\"}"));
        assertThat(scheduler.status(fits)).isEqualTo(JobStatus.COMPLETED);

        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.Completed("{\"a\":\"" + "é".repeat(2_045) + "\"}"));

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(id).state().error())
                .isEqualTo(
                        "the result has 4098 bytes, but max.result.bytes is 4096: store the data elsewhere and return a"
                                + " reference, or raise max.result.bytes in io.jobyard.scheduler");
    }

    @Test
    void aRunThatItsDeadlineCutsEndsTheJobWhateverAttemptsAreLeft() {
        JobId id =
                scheduler.submit(SchedulerFixture.spec().maxRetries(5).deadline(SchedulerFixture.START.plusSeconds(5)));
        Assignment run = scheduler.claim(id);
        scheduler.clock.advance(Duration.ofSeconds(5));
        scheduler.finish(run, new Outcome.PastDeadline());

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(scheduler.job(id).state().error())
                .isEqualTo("its deadline 2030-01-01T00:00:05Z passed during run 1");
    }

    @Test
    void aRunThatMakesItAtItsDeadlineHasMadeIt() {
        JobId id = scheduler.submit(SchedulerFixture.spec().deadline(SchedulerFixture.START.plusSeconds(5)));
        Assignment run = scheduler.claim(id);
        scheduler.clock.advance(Duration.ofSeconds(6));
        scheduler.finish(run, new Outcome.Completed("{}"));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void theEarlierOfExpiresAndDeadlineEndsWhatDoesNotRun() {
        Instant start = SchedulerFixture.START;
        JobId between = scheduler.submit(SchedulerFixture.spec().deadline(start.plusSeconds(6)));
        scheduler.finish(scheduler.claim(between), new Outcome.Failed("broken", false, Duration.ofSeconds(60)));
        JobId waiting = scheduler.submit(
                SchedulerFixture.spec().notBefore(start.plusSeconds(3)).deadline(start.plusSeconds(4)));
        JobId queued = scheduler.submit(
                SchedulerFixture.spec().expires(start.plusSeconds(9)).deadline(start.plusSeconds(5)));
        scheduler.clock.advance(Duration.ofSeconds(4));
        scheduler.tidy();
        assertThat(scheduler.job(waiting).state().error())
                .isEqualTo("expired at 2030-01-01T00:00:04Z before it could start");
        assertThat(scheduler.status(queued)).isEqualTo(JobStatus.QUEUED);

        scheduler.clock.advance(Duration.ofSeconds(2));
        scheduler.tidy();
        assertThat(scheduler.job(queued).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(scheduler.job(between).state().error())
                .isEqualTo("expired at 2030-01-01T00:00:06Z while waiting for its next attempt");
    }

    @Test
    void aJobThatHasExpiredWhenItIsNextEndsThen() {
        JobId id = scheduler.submit(SchedulerFixture.spec().expires(SchedulerFixture.START.plusSeconds(5)));
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(id));
        scheduler.clock.advance(Duration.ofSeconds(5));

        assertThat(scheduler.claim(1)).isEmpty();
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(scheduler.job(id).state().error())
                .isEqualTo("expired at 2030-01-01T00:00:05Z before it could start");
        scheduler.clock.set(SchedulerFixture.START);
        assertThat(scheduler.claim(1)).isEmpty();
        scheduler.tidy();

        assertThat(scheduler.job(child).state().reason()).isEqualTo(Reason.DEPENDENCY);
    }

    @Test
    void anOutcomeIsBroughtAgainUntilTheStoreTakesIt() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.fault = (called, arguments) -> {
            throw new StoreException("the store is away", null);
        };

        CompletableFuture<Boolean> stored = scheduler.engine.finish(run, null, new Outcome.Completed("{\"a\":1}"));
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(stored).isNotDone();
            scheduler.late.remove().run();
        }
        scheduler.fault = (called, arguments) -> {};
        scheduler.late.remove().run();

        assertThat(stored).isCompletedWithValue(true);
        assertThat(scheduler.memory.results(List.of(id))).containsEntry(id, "{\"a\":1}");
        assertThat(scheduler.delays).extracting(Duration::toMillis).containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L);
    }

    @Test
    void anOutcomeThatTheStoreNeverTakesBecomesAFailureSoThatTheJobIsNotLeftRunning() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.fault = (called, arguments) -> {
            if (called.equals("move")) {
                throw new StoreException("a value is too long; nothing was stored", null);
            }
        };

        CompletableFuture<Boolean> stored = scheduler.engine.finish(run, null, new Outcome.Completed("{}"));
        for (int attempt = 1; attempt <= 9; attempt++) {
            scheduler.late.remove().run();
        }
        assertThat(stored).isNotDone();
        scheduler.fault = (called, arguments) -> {};
        scheduler.late.remove().run();
        assertThat(stored).isCompletedWithValue(true);

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.ERROR);
        assertThat(scheduler.job(id).state().run().attempt()).isEqualTo(1);
        assertThat(scheduler.job(id).state().error())
                .isEqualTo("the outcome could not be stored: a value is too long; nothing was stored");
        assertThat(scheduler.memory.results(List.of(id))).isEmpty();
    }

    @Test
    void aJobExpiresBetweenItsAttemptsToo() {
        JobId id = scheduler.submit(SchedulerFixture.spec().expires(SchedulerFixture.START.plusSeconds(5)));
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("later", false, Duration.ofSeconds(60)));
        assertThat(scheduler.stored(id).books().dueAt()).isEqualTo(SchedulerFixture.START.plusSeconds(5));
        scheduler.clock.set(SchedulerFixture.START.plusSeconds(5));
        scheduler.tidy();

        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(scheduler.job(id).state().error())
                .isEqualTo("expired at 2030-01-01T00:00:05Z while waiting for its next attempt");
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 6", "3, 12", "8, 384", "9, 600", "10, 600", "1000, 600"})
    void theDelayIsSpreadOverAllOfItsBound(int attempt, int seconds) {
        SchedulerSettings settings = new SchedulerSettings(
                60, 3, 100, 5, 3, 600, 86_400, new SchedulerSettings.SubmissionSizes(4_096, 4_096, 10_000, 16_384));
        RetryDelay delay = RetryDelay.exponential(() -> settings, type -> Backoff.USUAL, new Random(7));
        Duration bound = Duration.ofSeconds(seconds);
        double sum = 0;
        for (int i = 0; i < 4_000; i++) {
            Duration one = delay.after("work", attempt);
            assertThat(one).isBetween(Duration.ZERO, bound).isEqualTo(one.truncatedTo(ChronoUnit.MICROS));
            sum += one.toNanos();
        }
        assertThat(sum / 4_000 / bound.toNanos()).isBetween(0.47, 0.53);
    }
}
