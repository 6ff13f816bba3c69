// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wall clock that jumps by an hour, forth and back, while lanes are longer than their windows. */
class ClockJumpTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MANY = 2 * Lanes.WINDOW + 500;

    private final Yard yard = new Yard();

    @Test
    void whatBecomesReadyAfterTheClockWasSetBackIsStartedOnceLikeAllElse() {
        List<JobId> all = new ArrayList<>(yard.submit(MANY, "a", 5));
        yard.open();
        List<JobId> started = new ArrayList<>(yard.start(Lanes.WINDOW / 2)); // the window ends in the middle
        yard.clock.advance(HOUR.negated());
        all.addAll(yard.submit(MANY, "a", 5));
        started.addAll(yard.start(MANY));
        yard.clock.advance(HOUR.multipliedBy(2));
        all.addAll(yard.submit(MANY, "a", 5));
        yard.clock.advance(HOUR.negated());

        started.addAll(yard.start(3 * MANY));

        assertThat(started).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(yard.views()).isEmpty();
    }

    @Test
    void aJobThatBecameReadyInWhatIsNowTheFutureIsNotHeld() {
        yard.clock.advance(HOUR);
        JobId job = yard.submit("a", 5);
        yard.clock.advance(HOUR.negated());
        assertThat(yard.start(9)).containsExactly(job);
    }

    @Test
    void aClockThatJumpsForthGivesTheAgedTheirShareAndNoMore() {
        List<JobId> old = yard.submit(1_000, "old", 9);
        yard.clock.advance(HOUR);
        yard.submit(1_000, "new", 1);

        List<JobId> first = yard.start(500);

        assertThat(first).filteredOn(old::contains).hasSize(500 * yard.settings.agingSharePercent() / 100);
    }
}
