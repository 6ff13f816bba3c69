// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Submitters take turns within a level. */
class TurnsTest {

    private final Yard yard = new Yard();

    @Test
    void twoSubmittersTakeTurnsEachOldestFirst() {
        List<JobId> ofA = yard.submit(1_000, "a", 5);
        List<JobId> ofB = yard.submit(1_000, "b", 5);

        List<JobId> started = yard.start(2_000);

        List<JobId> expected = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> {
            expected.add(ofA.get(i));
            expected.add(ofB.get(i));
        });
        assertThat(started).isEqualTo(expected);
    }

    @Test
    void eachOfAThousandSubmittersStartsOncePerRound() {
        IntStream.range(0, 1_000).forEach(i -> yard.submit(3, "s" + i, 5));

        for (int round = 0; round < 3; round++) {
            assertThat(new HashSet<>(yard.startersOf(1_000))).hasSize(1_000);
        }
        assertThat(yard.start(1)).isEmpty();
    }

    @Test
    void withinASubmitterTheOldestStartsFirstWhateverItsLane() {
        List<JobId> inOrder = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            inOrder.add(yard.submit("a", 5, "type" + i % 3));
            if (i % 2 == 0) {
                yard.clock.advance(Duration.ofMillis(1)); // so that some share an instant
            }
        }

        assertThat(yard.start(60)).isEqualTo(inOrder);
    }

    @Test
    void whoWasAwayIsNext() {
        IntStream.range(0, 5).forEach(i -> yard.submit(100, "s" + i, 5));
        yard.start(123);

        yard.submit("newcomer", 5);
        assertThat(yard.startersOf(1)).containsExactly("newcomer");

        yard.start(50);
        yard.submit("newcomer", 5);
        assertThat(yard.startersOf(1)).containsExactly("newcomer");
    }

    @Test
    void whoComesBackAtOnceDoesNotJumpTheRound() {
        yard.submit(10, "steady", 5);
        yard.submit("jumper", 5);
        yard.start(2);

        yard.submit("jumper", 5);
        yard.submit("jumper", 5);

        assertThat(yard.startersOf(4)).containsExactly("steady", "jumper", "steady", "jumper");
    }

    @Test
    void newcomersStartInTheOrderTheyCame() {
        yard.submit(100, "steady", 5);
        yard.start(10);
        List<JobId> newcomers = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> newcomers.add(yard.submit("user" + i, 5)));

        assertThat(yard.start(100)).isEqualTo(newcomers);
    }

    @Test
    void nobodySavesTurnsUpWhileHeld() {
        yard.submit(100, "held", 5, "held");
        yard.submit(300, "a", 5, "work");
        yard.submit(300, "b", 5, "work");
        Gate gate = yard.shut(lane -> lane.type().equals("held"));
        assertThat(yard.startersOf(200)).doesNotContain("held");

        yard.gates.remove(gate);

        assertThat(yard.startersOf(30).stream().filter("held"::equals)).hasSizeBetween(10, 11);
    }

    @Test
    void oneWhoHasHalfAMillionDelaysAnotherByOneTurn() {
        yard.submit(20_000, "bulk", 5);
        yard.start(500);

        yard.submit("other", 5);

        assertThat(yard.startersOf(2)).contains("other");
    }

    @Test
    @Timeout(20)
    void manyWhoComeOnceAndGoCostNoMoreThanFew() {
        for (int i = 0; i < 100_000; i++) {
            yard.submit("user" + i, 5);
            yard.start(1);
        }
        assertThat(yard.views()).isEmpty();
    }

    @Test
    void aJobThatIsTakenKeepsItsSubmittersTurn() {
        yard.submit(2, "a", 5);
        yard.submit(2, "b", 5);
        JobId first = yard.take(1).get(0).place().id();
        assertThat(yard.submitter(first)).isEqualTo("a");

        assertThat(yard.startersOf(1)).containsExactly("b");

        yard.move(first, JobStatus.RUNNING);
        assertThat(yard.startersOf(3)).containsExactly("a", "b");
        assertThatCode(() -> yard.lanes.putBack(List.of())).doesNotThrowAnyException();
    }
}
