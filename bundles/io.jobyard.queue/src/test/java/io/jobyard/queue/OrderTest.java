// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.spi.queue.Gate;
import io.jobyard.spi.queue.LaneView;
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

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void theBestLevelStartsFirstAndWithinItTheOldest() {
        Random random = new Random(1);
        List<JobId> submitted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            submitted.add(fixture.submit("a", 1 + random.nextInt(10)));
        }

        List<JobId> expected = new ArrayList<>(submitted);
        expected.sort(Comparator.comparing(fixture::level));
        assertThat(fixture.start(100)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 50})
    void agedJobsGetTheirShareOfTheStarts(int share) {
        fixture.settings = new QueueSettings(10, 60, share, BacklogBounds.NONE);
        fixture.submit(1_000, "old", 10);
        fixture.clock.advance(Duration.ofSeconds(61));
        fixture.submit(2_000, "urgent", 1);

        long aged = fixture.startersOf(1_000).stream().filter("old"::equals).count();

        assertThat(aged).isBetween(share * 10L, share * 10L + 1);
    }

    @Test
    void tenAgedJobsStartWithinAHundredStartsOfASteadyStream() {
        List<JobId> old = fixture.submit(10, "old", 10);
        fixture.clock.advance(Duration.ofSeconds(61));
        List<JobId> started = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            fixture.submit(2, "stream", 1);
            started.addAll(fixture.start(1));
        }

        assertThat(started).containsSubsequence(old);
    }

    @Test
    void anUrgentJobIsAmongTheNextTwoBehindAHundredThousandAged() {
        fixture.submit(100_000, "old", 10);
        fixture.clock.advance(Duration.ofDays(1));
        for (int i = 0; i < 50; i++) {
            fixture.start(i % 13);
            JobId urgent = fixture.submit("urgent", 1);
            assertThat(fixture.start(2)).contains(urgent);
        }
    }

    @Test
    void aJobThatHasJustReachedTheAgeHasNoShareYet() {
        fixture.submit("old", 10);
        fixture.submit(200, "urgent", 1);
        fixture.clock.advance(Duration.ofSeconds(60));

        assertThat(fixture.startersOf(200)).containsOnly("urgent");
    }

    @Test
    void withoutAgingThePriorityIsStrict() {
        fixture.settings = new QueueSettings(10, 0, 50, BacklogBounds.NONE);
        fixture.submit(100, "old", 2);
        fixture.clock.advance(Duration.ofDays(100));
        fixture.submit(500, "urgent", 1);

        assertThat(fixture.startersOf(500)).containsOnly("urgent");
    }

    @Test
    void theOldestOfAllAgedStartsFirst() {
        JobId oldest = fixture.submit("b", 10);
        fixture.clock.advance(Duration.ofSeconds(1));
        JobId second = fixture.submit("a", 9);
        fixture.clock.advance(Duration.ofSeconds(61));
        fixture.submit(30, "urgent", 1);

        assertThat(fixture.start(20)).containsSubsequence(oldest, second);
    }

    @Test
    void loweringTheLevelsClampsAndRaisingThemRestores() {
        JobId level10 = fixture.submit("a", 10);
        JobId level4 = fixture.submit("a", 4);
        JobId level3 = fixture.submit("a", 3);
        JobId level2 = fixture.submit("a", 2);

        fixture.settings = new QueueSettings(3, 0, 10, BacklogBounds.NONE);
        assertThat(fixture.start(2)).containsExactly(level2, level10);

        fixture.settings = new QueueSettings(10, 0, 10, BacklogBounds.NONE);
        assertThat(fixture.start(2)).containsExactly(level3, level4);
    }

    @Test
    void theLevelsInForceAreAskedAtEachTake() {
        fixture.settings = new QueueSettings(10, 0, 10, BacklogBounds.NONE);
        List<JobId> low = fixture.submit(2, "a", 10);
        fixture.clock.advance(Duration.ofMillis(1));
        List<JobId> high = fixture.submit(2, "a", 3);

        assertThat(fixture.start(1)).containsExactly(high.get(0));
        fixture.settings = new QueueSettings(3, 0, 10, BacklogBounds.NONE);
        assertThat(fixture.start(1)).containsExactly(low.get(0));
        fixture.settings = new QueueSettings(10, 0, 10, BacklogBounds.NONE);
        assertThat(fixture.start(2)).containsExactly(high.get(1), low.get(1));
    }

    @Test
    void aShutGateHoldsOnlyItsLane() {
        fixture.submit(10, "a", 1, "held");
        List<JobId> open = fixture.submit(10, "a", 1, "open");
        List<JobId> worse = fixture.submit(10, "b", 9, "open");
        Gate gate = fixture.shut(lane -> lane.type().equals("held"));
        fixture.clock.advance(Duration.ofDays(1));

        List<JobId> started = fixture.start(100);
        assertThat(started).containsAll(open).containsAll(worse).hasSize(20);
        assertThat(fixture.views())
                .flatExtracting(LaneView::shutBy)
                .containsExactly(new Blocker("test", "shut by the test", null));

        fixture.gates.remove(gate);
        assertThat(fixture.start(100)).hasSize(10);
    }

    @Test
    void theViewShowsTheOldestThatStillWaits() {
        fixture.submit("a", 5);
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.submit("a", 5);
        assertThat(fixture.views()).singleElement().satisfies(view -> {
            assertThat(view.queued()).isEqualTo(2);
            assertThat(view.oldest()).isEqualTo(LanesFixture.START);
        });

        fixture.take(2);

        assertThat(fixture.views()).singleElement().extracting(LaneView::oldest).isNull();
    }
}
