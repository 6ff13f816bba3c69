// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.Gate;
import io.jobyard.api.spi.LaneView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels, age, gates. */
class OrderTest {

    private final Yard yard = new Yard();

    @Test
    void theBestLevelStartsFirstAndWithinItTheOldest() {
        Random random = new Random(1);
        List<JobId> submitted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            submitted.add(yard.submit("a", 1 + random.nextInt(10)));
        }

        List<JobId> expected = new ArrayList<>(submitted);
        expected.sort(Comparator.comparing(yard::level));
        assertThat(yard.start(100)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 50})
    void agedJobsGetTheirShareOfTheStarts(int share) {
        yard.settings = new QueueSettings(10, 60, share);
        yard.submit(1_000, "old", 10);
        yard.clock.advance(Duration.ofSeconds(61));
        yard.submit(2_000, "urgent", 1);

        long aged = yard.startersOf(1_000).stream().filter("old"::equals).count();

        assertThat(aged).isBetween(share * 10L, share * 10L + 1);
    }

    @Test
    void tenAgedJobsStartWithinAHundredStartsOfASteadyStream() {
        List<JobId> old = yard.submit(10, "old", 10);
        yard.clock.advance(Duration.ofSeconds(61));
        List<JobId> started = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            yard.submit(2, "stream", 1);
            started.addAll(yard.start(1));
        }

        assertThat(started).containsSubsequence(old);
    }

    @Test
    void anUrgentJobIsAmongTheNextTwoBehindAHundredThousandAged() {
        yard.submit(100_000, "old", 10);
        yard.clock.advance(Duration.ofDays(1));
        for (int i = 0; i < 50; i++) {
            yard.start(i % 13);
            JobId urgent = yard.submit("urgent", 1);
            assertThat(yard.start(2)).contains(urgent);
        }
    }

    @Test
    void aJobThatHasJustReachedTheAgeHasNoShareYet() {
        yard.submit("old", 10);
        yard.submit(200, "urgent", 1);
        yard.clock.advance(Duration.ofSeconds(60));

        assertThat(yard.startersOf(200)).containsOnly("urgent");
    }

    @Test
    void withoutAgingThePriorityIsStrict() {
        yard.settings = new QueueSettings(10, 0, 50);
        yard.submit(100, "old", 2);
        yard.clock.advance(Duration.ofDays(100));
        yard.submit(500, "urgent", 1);

        assertThat(yard.startersOf(500)).containsOnly("urgent");
    }

    @Test
    void theOldestOfAllAgedStartsFirst() {
        JobId oldest = yard.submit("b", 10);
        yard.clock.advance(Duration.ofSeconds(1));
        JobId second = yard.submit("a", 9);
        yard.clock.advance(Duration.ofSeconds(61));
        yard.submit(30, "urgent", 1);

        assertThat(yard.start(20)).containsSubsequence(oldest, second);
    }

    @Test
    void loweringTheLevelsClampsAndRaisingThemRestores() {
        JobId level10 = yard.submit("a", 10);
        JobId level4 = yard.submit("a", 4);
        JobId level3 = yard.submit("a", 3);
        JobId level2 = yard.submit("a", 2);

        yard.settings = new QueueSettings(3, 0, 10);
        assertThat(yard.start(2)).containsExactly(level2, level10);

        yard.settings = new QueueSettings(10, 0, 10);
        assertThat(yard.start(2)).containsExactly(level3, level4);
    }

    @Test
    void theLevelsInForceAreAskedAtEachTake() {
        yard.settings = new QueueSettings(10, 0, 10);
        List<JobId> low = yard.submit(2, "a", 10);
        yard.clock.advance(Duration.ofMillis(1));
        List<JobId> high = yard.submit(2, "a", 3);

        assertThat(yard.start(1)).containsExactly(high.get(0));
        yard.settings = new QueueSettings(3, 0, 10);
        assertThat(yard.start(1)).containsExactly(low.get(0));
        yard.settings = new QueueSettings(10, 0, 10);
        assertThat(yard.start(2)).containsExactly(high.get(1), low.get(1));
    }

    @Test
    void aShutGateHoldsOnlyItsLane() {
        yard.submit(10, "a", 1, "held");
        List<JobId> open = yard.submit(10, "a", 1, "open");
        List<JobId> worse = yard.submit(10, "b", 9, "open");
        Gate gate = yard.shut(lane -> lane.type().equals("held"));
        yard.clock.advance(Duration.ofDays(1));

        List<JobId> started = yard.start(100);
        assertThat(started).containsAll(open).containsAll(worse).hasSize(20);
        assertThat(yard.views())
                .flatExtracting(LaneView::shutBy)
                .containsExactly(new Blocker("test", "shut by the test", null));

        yard.gates.remove(gate);
        assertThat(yard.start(100)).hasSize(10);
    }

    @Test
    void theViewShowsTheOldestThatStillWaits() {
        yard.submit("a", 5);
        yard.clock.advance(Duration.ofSeconds(1));
        yard.submit("a", 5);
        assertThat(yard.views()).singleElement().satisfies(view -> {
            assertThat(view.queued()).isEqualTo(2);
            assertThat(view.oldest()).isEqualTo(Yard.START);
        });

        yard.take(2);

        assertThat(yard.views()).singleElement().extracting(LaneView::oldest).isNull();
    }
}
