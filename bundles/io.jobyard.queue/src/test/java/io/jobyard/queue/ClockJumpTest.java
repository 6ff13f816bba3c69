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
    private static final int MANY = 2 * QueueEngine.WINDOW + 500;

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void whatBecomesReadyAfterTheClockWasSetBackIsStartedOnceLikeAllElse() {
        List<JobId> all = new ArrayList<>(fixture.submit(MANY, "a", 5));
        fixture.open();
        List<JobId> started = new ArrayList<>(fixture.start(QueueEngine.WINDOW / 2)); // the window ends in the middle
        fixture.clock.advance(HOUR.negated());
        all.addAll(fixture.submit(MANY, "a", 5));
        started.addAll(fixture.start(MANY));
        fixture.clock.advance(HOUR.multipliedBy(2));
        all.addAll(fixture.submit(MANY, "a", 5));
        fixture.clock.advance(HOUR.negated());

        started.addAll(fixture.start(3 * MANY));

        assertThat(started).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(fixture.views()).isEmpty();
    }

    @Test
    void aJobThatBecameReadyInWhatIsNowTheFutureIsNotHeld() {
        fixture.clock.advance(HOUR);
        JobId job = fixture.submit("a", 5);
        fixture.clock.advance(HOUR.negated());
        assertThat(fixture.start(9)).containsExactly(job);
    }

    @Test
    void aClockThatJumpsForthGivesTheAgedTheirShareAndNoMore() {
        List<JobId> old = fixture.submit(1_000, "old", 9);
        fixture.clock.advance(HOUR);
        fixture.submit(1_000, "new", 1);

        List<JobId> first = fixture.start(500);

        assertThat(first).filteredOn(old::contains).hasSize(500 * fixture.settings.agingSharePercent() / 100);
    }
}
