// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.CircuitRules;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.text.ShownTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A type whose attempts fail is held for a while, and tried again. */
class CircuitTest {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Instant AGAIN = LanesFixture.START.plus(PAUSE);

    private final LanesFixture fixture = new LanesFixture();

    @BeforeEach
    void configure() {
        rules(new CircuitRules(50, 4, WINDOW, PAUSE, 2));
        fixture.submit(100, "a", 5);
    }

    private void rules(CircuitRules circuit) {
        fixture.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        circuit,
                        null,
                        HiddenFields.NONE,
                        false));
    }

    /** The next ones start and end so. */
    private void run(JobStatus... ends) {
        for (JobStatus end : ends) {
            fixture.move(fixture.start(1).get(0), end);
        }
    }

    private void shut() {
        run(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.COMPLETED, JobStatus.FAILED);
    }

    @Test
    void nothingOfTheTypeStartsOnceSoManyHaveFailed() {
        run(JobStatus.FAILED, JobStatus.FAILED, JobStatus.COMPLETED);
        JobId other = fixture.submit("a", 5, "other");
        JobId last = fixture.submit("a", 5);
        assertThat(fixture.view(last).shutBy()).as("three are too few").isEmpty();
        run(JobStatus.FAILED);
        assertThat(fixture.start(9)).containsExactly(other);
        assertThat(fixture.view(last).shutBy())
                .as("two that are tried come before it")
                .containsExactly(
                        new Blocker("circuit", "work: 0 run, and 2 jobs at once are tried", null),
                        new Blocker("circuit", "work: too many attempts failed", AGAIN));
        assertThat(fixture.lanes.findings.findings())
                .extracting(Finding::subject)
                .containsExactly("type work");
    }

    @Test
    void theDoctorDropsTheTimeOnceItHasPassed() {
        shut();
        fixture.clock.set(AGAIN.minusNanos(1_000));
        assertThat(problems())
                .containsExactly("too many attempts failed: no job of the type starts before " + ShownTime.of(AGAIN)
                        + ", then a few jobs are tried");
        fixture.clock.set(AGAIN);
        assertThat(problems())
                .containsExactly(
                        "too many attempts failed: a few jobs are tried; all jobs start again when these complete");
    }

    private List<String> problems() {
        return fixture.lanes.findings.findings().stream().map(Finding::problem).toList();
    }

    @Test
    void fewerFailuresThanThatHoldNothing() {
        for (int n = 0; n < 10; n++) {
            run(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.COMPLETED);
        }
        assertThat(fixture.start(1)).hasSize(1);
    }

    @Test
    void failuresOfLongAgoDoNotCount() {
        run(JobStatus.FAILED, JobStatus.FAILED, JobStatus.FAILED);
        fixture.clock.advance(WINDOW);
        run(JobStatus.FAILED, JobStatus.COMPLETED, JobStatus.COMPLETED);
        assertThat(fixture.start(1)).hasSize(1);
    }

    @Test
    void failuresBeforeTheClockWasSetBackDoNotCount() {
        run(JobStatus.FAILED, JobStatus.FAILED, JobStatus.FAILED);
        fixture.clock.set(LanesFixture.START.minus(Duration.ofHours(2)));
        run(JobStatus.FAILED, JobStatus.COMPLETED, JobStatus.COMPLETED);
        assertThat(fixture.start(1)).hasSize(1);
    }

    @Test
    void afterThePauseSomeAreTriedAndWhenTheyCompleteAllStart() {
        shut();
        fixture.clock.set(AGAIN.minusNanos(1_000));
        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.set(AGAIN);
        List<JobId> probes = fixture.start(9);
        assertThat(probes).hasSize(2);
        assertThat(fixture.views().get(0).shutBy())
                .containsExactly(new Blocker("circuit", "work: 2 run, and 2 jobs at once are tried", null));

        fixture.move(probes.get(0), JobStatus.COMPLETED);
        assertThat(fixture.start(9)).hasSize(1);
        fixture.move(probes.get(1), JobStatus.COMPLETED);
        assertThat(fixture.start(9)).hasSize(9);
        assertThat(fixture.lanes.findings.findings()).isEmpty();
    }

    @Test
    void whenOneThatIsTriedFailsThereIsAnotherPause() {
        shut();
        fixture.clock.set(AGAIN);
        run(JobStatus.FAILED);
        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.advance(PAUSE);
        assertThat(fixture.start(9)).hasSize(2);
    }

    @Test
    void theEndOfOneThatRanBeforeSaysNothing() {
        List<JobId> before = fixture.start(2);
        shut();
        fixture.clock.set(AGAIN);
        before.forEach(id -> fixture.move(id, JobStatus.COMPLETED));
        assertThat(fixture.start(9)).hasSize(2);
        assertThat(fixture.start(9)).as("still two at once").isEmpty();
    }

    @Test
    void thatItHoldsOutlivesTheHost() {
        shut();
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        fixture.open();
        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.set(AGAIN);
        run(JobStatus.COMPLETED, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).hasSize(9);
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        assertThat(fixture.store.uses()).isEmpty();
    }

    @Test
    void withoutRulesAllStart() {
        shut();
        fixture.handlers.rules.clear();
        assertThat(fixture.start(9)).hasSize(9);
    }

    @Test
    void runsThatWereGivenBackOrCancelledDoNotCount() {
        for (int n = 0; n < 5; n++) {
            run(JobStatus.QUEUED, JobStatus.CANCELLED);
        }
        assertThat(fixture.start(1)).hasSize(1);
    }
}
