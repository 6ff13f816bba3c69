// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is configured for the jobs of a type. */
class TypeRulesTest {

    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aJobThatDoesNotSayGetsWhatItsTypeHasAndElseWhatAllHave() {
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        new TypeRules.TypeDefaults(TWO_MINUTES, null, 1, 2, "bulk", Map.of()),
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        JobTerms terms = terms(scheduler.submit());
        assertThat(terms.runs().timeout()).isEqualTo(TWO_MINUTES);
        assertThat(terms.runs().maxRetries()).isEqualTo(1);
        assertThat(terms.routing().priority()).isEqualTo(2);
        assertThat(terms.routing().queue()).isEqualTo("bulk");

        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        new TypeRules.TypeDefaults(null, null, null, null, "bulk", Map.of()),
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        JobTerms others = terms(scheduler.submit());
        assertThat(others.runs().timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(others.runs().maxRetries()).isEqualTo(3);
        assertThat(others.routing().priority()).isEqualTo(scheduler.queue.defaultLevel());
        assertThat(terms.runs().timeout()).as("one that was submitted before").isEqualTo(TWO_MINUTES);
    }

    @Test
    void theTimeoutOfTheHandlerIsThatOfJobsForWhichNothingElseIsSaid() {
        scheduler.handlers.timeouts.put("work", Duration.ofMinutes(10));
        assertThat(terms(scheduler.submit()).runs().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(terms(scheduler.submit(SchedulerFixture.spec().timeout(Duration.ofSeconds(5))))
                        .runs()
                        .timeout())
                .isEqualTo(Duration.ofSeconds(5));
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        new TypeRules.TypeDefaults(TWO_MINUTES, null, null, null, null, Map.of()),
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        assertThat(terms(scheduler.submit()).runs().timeout()).isEqualTo(TWO_MINUTES);
    }

    @Test
    void aTimeoutAboveTheMaximumOfTheTypeIsRefusedAndALongerDefaultIsLowered() {
        JobId before = scheduler.submit(SchedulerFixture.spec().timeout(Duration.ofMinutes(5)));
        scheduler.handlers.timeouts.put("work", Duration.ofMinutes(10));
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        new TypeRules.TypeDefaults(null, TWO_MINUTES, null, null, null, Map.of()),
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        JobId job = scheduler.submit();
        assertThat(terms(job).runs().timeout()).isEqualTo(TWO_MINUTES);
        assertTooLong(() -> scheduler.submit(SchedulerFixture.spec().timeout(Duration.ofSeconds(121))));
        assertTooLong(() -> scheduler.manager.change(job, new JobChange().timeout(Duration.ofSeconds(121))));
        scheduler.manager.change(job, new JobChange().timeout(Duration.ofSeconds(90)));
        assertThat(terms(job).runs().timeout()).isEqualTo(Duration.ofSeconds(90));
        scheduler.manager.change(before, new JobChange().priority(1));
        assertThat(terms(before).runs().timeout())
                .as("a job submitted before, changed in another field")
                .isEqualTo(Duration.ofMinutes(5));
    }

    private static void assertTooLong(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ValidationException.class,
                        fault -> assertThat(fault.problems())
                                .extracting(FieldProblem::field)
                                .containsExactly("timeout"))
                .hasMessage("timeout 121 s is out of range: use 1 to 120 seconds, or raise timeout.max in"
                        + " etc/io.jobyard.types-work.cfg");
    }

    @Test
    void whatAJobSaysItselfWins() {
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        new TypeRules.TypeDefaults(TWO_MINUTES, null, 1, 2, "bulk", Map.of()),
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        JobTerms terms = terms(scheduler.submit(SchedulerFixture.spec()
                .timeout(Duration.ofSeconds(5))
                .maxRetries(0)
                .priority(4)
                .queue("own")));
        assertThat(terms.runs().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(terms.runs().maxRetries()).isZero();
        assertThat(terms.routing().priority()).isEqualTo(4);
        assertThat(terms.routing().queue()).isEqualTo("own");
    }

    @Test
    void aJobTakesThePlacesThatItsTypeHasUnlessItSaysItself() {
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        new TypeRules.TypeDefaults(null, null, null, null, null, Map.of("gpu", 2, "cpu", 8)),
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        JobTerms terms = terms(scheduler.submit(SchedulerFixture.spec().slots("cpu", 4)));
        assertThat(terms.demand().estimate()).isEqualTo(Map.of("slots.gpu", 2.0, "slots.cpu", 4.0));
        assertThat(terms.demand().limits()).containsExactly("cpu", "gpu");
    }

    @Test
    void aLevelBeyondTheLastIsTheLast() {
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        new TypeRules.TypeDefaults(null, null, null, 100, null, Map.of()),
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        assertThat(terms(scheduler.submit()).routing().priority()).isEqualTo(scheduler.queue.priorityLevels());
    }

    @Test
    void theNextAttemptWaitsAsTheTypeSaysAtTheTimeOfTheFailure() {
        JobId id = scheduler.submit();
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        new Backoff(30, null, null, 0.0),
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("broken", false, null));
        assertThat(scheduler.stored(id).books().dueAt())
                .isEqualTo(scheduler.clock.instant().plusSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 0", "2, 15, 0", "3, 22.5, 0", "9, 100, 0", "2, 12, 0.2", "2, 0, 1"})
    void theDelayIsBetweenItsBoundAndThatLessWhatIsLeftToChance(int attempt, double least, double jitter) {
        double bound = Math.min(100, 10 * Math.pow(1.5, attempt - 1));
        RetryDelay delay = RetryDelay.exponential(
                () -> scheduler.settings, type -> new Backoff(10, 1.5, 100, jitter), new Random(7));
        for (int i = 0; i < 1_000; i++) {
            assertThat(delay.after("work", attempt).toNanos() / 1e9).isBetween(least, bound);
        }
    }

    private JobTerms terms(JobId id) {
        return scheduler.job(id).terms();
    }
}
