// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.queue.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Submitters take turns within a level. */
class TurnsTest {

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void twoSubmittersTakeTurnsEachOldestFirst() {
        List<JobId> ofA = fixture.submit(1_000, "a", 5);
        List<JobId> ofB = fixture.submit(1_000, "b", 5);

        List<JobId> started = fixture.start(2_000);

        List<JobId> expected = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> {
            expected.add(ofA.get(i));
            expected.add(ofB.get(i));
        });
        assertThat(started).isEqualTo(expected);
    }

    @Test
    void eachOfAThousandSubmittersStartsOncePerRound() {
        IntStream.range(0, 1_000).forEach(i -> fixture.submit(3, "s" + i, 5));

        for (int round = 0; round < 3; round++) {
            assertThat(new HashSet<>(fixture.startersOf(1_000))).hasSize(1_000);
        }
        assertThat(fixture.start(1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "1, 7", "1, 1000"})
    void whoWeighsMoreGetsSoManyMoreStarts(int one, int other) {
        fixture.weight("a", one);
        fixture.weight("b", other);
        int rounds = 12;
        fixture.submit(rounds * one, "a", 5);
        fixture.submit(rounds * other, "b", 5);
        fixture.submit(rounds, "c", 5);
        List<String> starters = fixture.startersOf(rounds / 2 * (one + other + 1));
        assertThat(Collections.frequency(starters, "a")).isCloseTo(rounds / 2 * one, within(1));
        assertThat(Collections.frequency(starters, "c")).isCloseTo(rounds / 2, within(1));
        assertThat((double) Collections.frequency(starters, "b")).isCloseTo(rounds / 2.0 * other, withinPercentage(5));
    }

    @Test
    void turnsThatALightOneWaitsForAreNoMoreThanTheOthersWeigh() {
        fixture.weight("heavy", 3);
        fixture.submit(100, "heavy", 5);
        fixture.start(50);
        fixture.submit("light", 5);
        assertThat(fixture.startersOf(2)).contains("light");
    }

    @Test
    void whatIsUpcomingGoesByTheWeights() {
        fixture.weight("b", 3);
        fixture.submit(10, "a", 5);
        fixture.submit(10, "b", 5);
        List<JobId> upcoming = fixture.lanes.overview.upcoming(12, any -> {}).stream()
                .map(taken -> taken.position().id())
                .toList();
        assertThat(fixture.start(12)).isEqualTo(upcoming);
    }

    @Test
    void withinASubmitterTheOldestStartsFirstWhateverItsLane() {
        List<JobId> inOrder = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            inOrder.add(fixture.submit("a", 5, "type" + i % 3));
            if (i % 2 == 0) {
                fixture.clock.advance(Duration.ofMillis(1)); // so that some share an instant
            }
        }

        assertThat(fixture.start(60)).isEqualTo(inOrder);
    }

    @Test
    void whoWasAwayIsNext() {
        IntStream.range(0, 5).forEach(i -> fixture.submit(100, "s" + i, 5));
        fixture.start(123);

        fixture.submit("newcomer", 5);
        assertThat(fixture.startersOf(1)).containsExactly("newcomer");

        fixture.start(50);
        fixture.submit("newcomer", 5);
        assertThat(fixture.startersOf(1)).containsExactly("newcomer");
    }

    @Test
    void whoComesBackAtOnceDoesNotJumpTheRound() {
        fixture.submit(10, "steady", 5);
        fixture.submit("jumper", 5);
        fixture.start(2);

        fixture.submit("jumper", 5);
        fixture.submit("jumper", 5);

        assertThat(fixture.startersOf(4)).containsExactly("steady", "jumper", "steady", "jumper");
    }

    @Test
    void newcomersStartInTheOrderTheyCame() {
        fixture.submit(100, "steady", 5);
        fixture.start(10);
        List<JobId> newcomers = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> newcomers.add(fixture.submit("user" + i, 5)));

        assertThat(fixture.start(100)).isEqualTo(newcomers);
    }

    @Test
    void nobodySavesTurnsUpWhileHeld() {
        fixture.submit(100, "held", 5, "held");
        fixture.submit(300, "a", 5, "work");
        fixture.submit(300, "b", 5, "work");
        Gate gate = fixture.shut(lane -> lane.type().equals("held"));
        assertThat(fixture.startersOf(200)).doesNotContain("held");

        fixture.gates.remove(gate);

        assertThat(fixture.startersOf(30).stream().filter("held"::equals)).hasSizeBetween(10, 11);
    }

    @Test
    void oneWhoHasHalfAMillionDelaysAnotherByOneTurn() {
        fixture.submit(20_000, "bulk", 5);
        fixture.start(500);

        fixture.submit("other", 5);

        assertThat(fixture.startersOf(2)).contains("other");
    }

    @Test
    @Timeout(120)
    void manyWhoComeOnceAndGoCostNoMoreThanFew() {
        for (int i = 0; i < 100_000; i++) {
            fixture.submit("user" + i, 5);
            fixture.start(1);
        }
        assertThat(fixture.views()).isEmpty();
    }

    @Test
    void aJobThatIsTakenKeepsItsSubmittersTurn() {
        fixture.submit(2, "a", 5);
        fixture.submit(2, "b", 5);
        JobId first = fixture.take(1).get(0).position().id();
        assertThat(fixture.submitter(first)).isEqualTo("a");

        assertThat(fixture.startersOf(1)).containsExactly("b");

        fixture.move(first, JobStatus.RUNNING);
        assertThat(fixture.startersOf(3)).containsExactly("a", "b");
        assertThatCode(() -> fixture.lanes.claims.settle(List.of(), List.of())).doesNotThrowAnyException();
    }
}
