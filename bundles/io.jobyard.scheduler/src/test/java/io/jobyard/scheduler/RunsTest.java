// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start and the end of runs. */
class RunsTest {

    private final Desk desk = new Desk();

    @Test
    void aStartIsDurableAndCountsRunAndAttempt() {
        JobId id = desk.submit(Desk.spec().payload(Map.of("n", 1)));

        Assignment run = desk.claim(id);

        assertThat(run.payload()).isEqualTo("{\"n\":1}");
        assertThat(run.stored()).isEqualTo(desk.stored(id));
        Job job = desk.job(id);
        assertThat(job.state().run()).isEqualTo(1);
        assertThat(job.state().attempt()).isEqualTo(1);
        assertThat(job.state().host()).isEqualTo("here");
        assertThat(job.state().startedAt()).isNull();
    }

    @Test
    void aRunKeepsTheQueueThatItsTypeWasRoutedTo() {
        desk.handlers.come("llm_chat");
        JobId routed = desk.submit(JobSpecification.type("llm_chat").payload(Map.of()));
        JobId asked = desk.submit(Desk.spec().queue("slow"));
        assertThat(desk.job(routed).state().queue()).isNull();

        assertThat(desk.claim(routed).stored().job().state().queue()).isEqualTo("llm");
        assertThat(desk.claim(asked).stored().job().state().queue()).isEqualTo("slow");
    }

    @Test
    void theHistoryNamesTheHandlerThatARunIsGivenTo() {
        JobId id = desk.submit();

        Assignment run = desk.claim(id);
        assertThat(run.handler()).isEqualTo(new HandlerName("1.0.0", "test 1.0.0"));
        assertThat(desk.memory.history(id)).extracting(HistoryEvent::handler).containsExactly(null, run.handler());

        desk.finish(run, new Outcome.GivenBack("its handler left"));
        desk.handlers.handlers.clear();
        assertThat(desk.claim(id).handler()).isNull();
    }

    @Test
    void theResultAndTheFirstLineAreStored() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        Instant firstLine = desk.clock.advance(Duration.ofSeconds(1));
        desk.clock.advance(Duration.ofSeconds(2));

        assertThat(desk.endings
                        .finish(run, firstLine, new Outcome.Completed("{\"a\":2}"))
                        .join())
                .isTrue();

        assertThat(desk.memory.results(List.of(id))).containsEntry(id, "{\"a\":2}");
        assertThat(desk.job(id).state().startedAt()).isEqualTo(firstLine);
        assertThat(desk.job(id).state().error()).isNull();
    }

    @Test
    void aFailureIsTriedAgainUntilNoAttemptIsLeft() {
        JobId id = desk.submit(Desk.spec().maxRetries(2));
        for (int attempt = 1; attempt <= 2; attempt++) {
            desk.finish(desk.claim(id), new Outcome.Failed("broken", false, null));
            assertThat(desk.job(id).state().reason()).isEqualTo(Reason.RETRY);
            assertThat(desk.job(id).state().attempt()).isEqualTo(attempt);
            assertThat(desk.job(id).state().error()).isEqualTo("broken");
            Instant next = desk.clock.instant().plusSeconds(attempt);
            assertThat(desk.stored(id).books().dueAt()).isEqualTo(next);
            desk.clock.set(next.minusNanos(1_000));
            desk.tidy();
            assertThat(desk.status(id)).isEqualTo(JobStatus.WAITING);
            desk.clock.set(next);
            desk.tidy();
            assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);
        }

        desk.finish(desk.claim(id), new Outcome.Failed("broken again", false, null));

        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.ERROR);
        assertThat(desk.job(id).state().error()).isEqualTo("broken again");
        assertThat(desk.job(id).state().run()).isEqualTo(3);
        assertThat(desk.memory.history(id)).hasSize(9);
    }

    @Test
    void noRetriesMeansNone() {
        JobId id = desk.submit(Desk.spec().maxRetries(0));
        desk.finish(desk.claim(id), new Outcome.Failed("broken", false, null));
        assertThat(desk.status(id)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aPermanentFailureIsFinalAtOnce() {
        JobId id = desk.submit();
        desk.fail(id);
        assertThat(desk.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(desk.job(id).state().error()).isEqualTo("broken");
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
        JobId id = desk.submit();

        desk.finish(desk.claim(id), new Outcome.Failed("later", false, asked));

        assertThat(desk.stored(id).books().dueAt()).isEqualTo(Desk.START.plus(given));
        assertThat(desk.job(id).state().attempt()).isEqualTo(1);
    }

    @Test
    void aTimeoutIsTriedAgainAndSaysHowLongItRan() {
        JobId id = desk.submit(Desk.spec().timeout(Duration.ofMillis(1_500)).maxRetries(1));
        desk.finish(desk.claim(id), new Outcome.TimedOut(Duration.ofMillis(1_500)));
        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.RETRY);
        assertThat(desk.job(id).state().error()).isEqualTo("timed out after 1.5 s");
        desk.clock.advance(Duration.ofSeconds(1));
        desk.tidy();
        desk.finish(desk.claim(id), new Outcome.TimedOut(Duration.ofSeconds(60)));
        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(desk.job(id).state().error()).isEqualTo("timed out after 60 s");
    }

    @Test
    void aRunGivenBackCostsNoAttemptAndKeepsItsPlace() {
        JobId first = desk.submit(Desk.spec().expires(Desk.START.plusSeconds(99)));
        desk.clock.advance(Duration.ofSeconds(1));
        JobId second = desk.submit();
        Assignment run = desk.claim(first);

        desk.endings
                .finish(run, null, new Outcome.GivenBack("the host stopped"))
                .join();

        assertThat(desk.job(first).state().attempt()).isZero();
        assertThat(desk.job(first).state().run()).isEqualTo(1);
        assertThat(desk.last(first).why()).isEqualTo("the host stopped");
        assertThat(desk.stored(first).books().dueAt()).isEqualTo(Desk.START.plusSeconds(99));
        Assignment again = desk.claim(first);
        assertThat(again.stored().job().state().run()).isEqualTo(2);
        desk.claim(second);
    }

    @Test
    void aLostHostsRunsGoBackUncharged() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);

        Desk next = desk.restart();
        next.tidy();

        assertThat(next.job(id).state().reason()).isEqualTo(Reason.HOST_LOST);
        assertThat(next.job(id).state().attempt()).isZero();
        assertThat(next.stored(id).books().losses()).isEqualTo(1);
        assertThat(next.last(id).why()).isEqualTo("host here ended during the run");
        assertThat(next.finish(run, new Outcome.Completed("{}"))).isFalse();
        assertThat(next.memory.results(List.of(id))).isEmpty();
        assertThat(next.claim(id).stored().job().state().run()).isEqualTo(2);
    }

    @Test
    void onlyTheFirstOutcomeOfARunIsAccepted() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);

        assertThat(desk.finish(run, new Outcome.GivenBack("timed out in the queue")))
                .isTrue();
        Assignment next = desk.claim(id);
        assertThat(desk.finish(run, new Outcome.Completed("{\"late\":1}"))).isFalse();
        assertThat(desk.finish(next, new Outcome.Completed("{\"good\":1}"))).isTrue();
        assertThat(desk.finish(next, new Outcome.Failed("twice", true, null))).isFalse();

        assertThat(desk.memory.results(List.of(id))).containsEntry(id, "{\"good\":1}");
        assertThat(desk.status(id)).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void aResultThatIsTooLargeFailsForGood() {
        JobId fits = desk.submit();
        desk.finish(desk.claim(fits), new Outcome.Completed("{\"a\":\"" + "é".repeat(2_044) + "\"}"));
        assertThat(desk.status(fits)).isEqualTo(JobStatus.COMPLETED);

        JobId id = desk.submit();
        desk.finish(desk.claim(id), new Outcome.Completed("{\"a\":\"" + "é".repeat(2_045) + "\"}"));

        assertThat(desk.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(desk.job(id).state().error())
                .isEqualTo("result has 4098 bytes, max.result.bytes is 4096: store the data elsewhere and return a"
                        + " reference, or raise it in io.jobyard.scheduler");
    }

    @Test
    void anExpiredJobIsNotStarted() {
        JobId id = desk.submit(Desk.spec().expires(Desk.START.plusSeconds(5)));
        desk.clock.advance(Duration.ofSeconds(5));

        assertThat(desk.claim(1)).isEmpty();
        desk.tidy();

        assertThat(desk.job(id).state().error()).isEqualTo("expired at 2030-01-01T00:00:05Z before it could start");
    }

    @Test
    void whenTheStoreFailsAllThatWasTakenGoesBack() {
        List<JobId> ids = List.of(desk.submit(), desk.submit(), desk.submit());
        for (String method : List.of("load", "move")) {
            desk.fault = (called, arguments) -> {
                if (called.equals(method)) {
                    throw new StoreException("the store is away", null);
                }
            };
            assertThatThrownBy(() -> desk.claim(3)).isInstanceOf(StoreException.class);
        }
        desk.fault = (called, arguments) -> {};

        assertThat(desk.claim(9)).extracting(run -> run.stored().id()).isEqualTo(ids);
    }

    @Test
    void whatStartedBeforeAFaultIsHandedOnAndTheRestGoesBack() {
        List<JobId> ids = List.of(desk.submit(), desk.submit(), desk.submit());
        for (RuntimeException fault : List.of(new StoreException("away", null), new IllegalStateException("broken"))) {
            AtomicInteger moves = new AtomicInteger();
            desk.fault = (called, arguments) -> {
                if (called.equals("move") && moves.incrementAndGet() > 1) {
                    throw fault;
                }
            };
            List<Assignment> started = desk.claim(3);
            desk.fault = (called, arguments) -> {};
            assertThat(started).hasSize(1);
            desk.finish(started.get(0), new Outcome.GivenBack("again"));
        }

        assertThat(desk.claim(9)).extracting(run -> run.stored().id()).isEqualTo(ids);
    }

    @Test
    void anOutcomeIsBroughtAgainUntilTheStoreTakesIt() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.fault = (called, arguments) -> {
            throw new StoreException("the store is away", null);
        };

        CompletableFuture<Boolean> stored = desk.endings.finish(run, null, new Outcome.Completed("{\"a\":1}"));
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(stored).isNotDone();
            desk.late.remove().run();
        }
        desk.fault = (called, arguments) -> {};
        desk.late.remove().run();

        assertThat(stored).isCompletedWithValue(true);
        assertThat(desk.memory.results(List.of(id))).containsEntry(id, "{\"a\":1}");
        assertThat(desk.delays).extracting(Duration::toMillis).containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L);
    }

    @Test
    void anOutcomeThatTheStoreNeverTakesBecomesAFailureSoThatTheJobIsNotLeftRunning() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.fault = (called, arguments) -> {
            if (called.equals("move")) {
                throw new StoreException("a value is too long; nothing was stored", null);
            }
        };

        CompletableFuture<Boolean> stored = desk.endings.finish(run, null, new Outcome.Completed("{}"));
        for (int attempt = 1; attempt <= 9; attempt++) {
            desk.late.remove().run();
        }
        assertThat(stored).isNotDone();
        desk.fault = (called, arguments) -> {};
        desk.late.remove().run();
        assertThat(stored).isCompletedWithValue(true);

        assertThat(desk.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.ERROR);
        assertThat(desk.job(id).state().attempt()).isEqualTo(1);
        assertThat(desk.job(id).state().error())
                .isEqualTo("the outcome could not be stored: a value is too long; nothing was stored");
        assertThat(desk.memory.results(List.of(id))).isEmpty();
    }

    @Test
    void aJobExpiresBetweenItsAttemptsToo() {
        JobId id = desk.submit(Desk.spec().expires(Desk.START.plusSeconds(5)));
        desk.finish(desk.claim(id), new Outcome.Failed("later", false, Duration.ofSeconds(60)));
        assertThat(desk.stored(id).books().dueAt()).isEqualTo(Desk.START.plusSeconds(5));
        desk.clock.set(Desk.START.plusSeconds(5));
        desk.tidy();

        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(desk.job(id).state().error())
                .isEqualTo("expired at 2030-01-01T00:00:05Z while waiting for its next attempt");
    }

    @Test
    void whatIsNotReadyAnyMoreIsForgottenByTheQueue() {
        JobId id = desk.submit(Desk.spec().expires(Desk.START.plusSeconds(5)));
        desk.clock.advance(Duration.ofSeconds(5));
        assertThat(desk.claim(1)).isEmpty();
        assertThat(desk.queue.forgotten).extracting(taken -> taken.place().id()).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "9, 512", "10, 600", "11, 600", "1000, 600"})
    void theDelayIsSpreadOverAllOfItsBound(int attempt, int seconds) {
        RetryDelay delay = RetryDelay.fullJitter(() -> desk.settings, new Random(7));
        Duration bound = Duration.ofSeconds(seconds);
        double sum = 0;
        for (int i = 0; i < 4_000; i++) {
            Duration one = delay.after(attempt);
            assertThat(one).isBetween(Duration.ZERO, bound).isEqualTo(one.truncatedTo(ChronoUnit.MICROS));
            sum += one.toNanos();
        }
        assertThat(sum / 4_000 / bound.toNanos()).isBetween(0.47, 0.53);
    }
}
