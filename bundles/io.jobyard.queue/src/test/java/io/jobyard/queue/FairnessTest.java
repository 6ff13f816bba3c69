// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One submitter's half a million jobs delay nobody. */
@Timeout(120)
class FairnessTest {

    private final LanesFixture fixture = new LanesFixture();

    @BeforeEach
    void submitHalfAMillion() {
        fixture.submit(500_000, "bulk", 5);
        fixture.start(50);
    }

    @Test
    void anothersFirstJobOfTheLevelIsAmongTheNextTwo() {
        JobId other = fixture.submit("other", 5);
        assertThat(fixture.start(2)).contains(other);

        JobId again = fixture.submit("other", 5);
        assertThat(fixture.start(2)).contains(again);
    }

    @Test
    void alsoRightAfterARestart() {
        JobId other = fixture.submit("other", 5);
        fixture.clock.advance(Duration.ofDays(1));
        fixture.open();
        assertThat(fixture.start(2)).contains(other);

        fixture.open();
        JobId later = fixture.submit("later", 5);
        assertThat(fixture.start(2)).contains(later);
    }

    @Test
    void alsoAmongAThousandSubmittersEachStartsInItsTurn() {
        for (int i = 0; i < 1_000; i++) {
            fixture.submit(2, "s" + i, 5);
        }
        List<String> first = fixture.startersOf(1_001);
        assertThat(first).doesNotHaveDuplicates();
        assertThat(fixture.startersOf(1_001)).doesNotHaveDuplicates();

        JobId other = fixture.submit("newcomer", 5);
        assertThat(fixture.start(2)).contains(other);
    }

    @Test
    void alsoAmongAThousandSubmittersRightAfterARestart() {
        for (int i = 0; i < 1_000; i++) {
            fixture.submit(2, "s" + i, 5);
        }
        fixture.start(500);
        fixture.open();
        fixture.submit("newcomer", 5);

        List<String> first = fixture.startersOf(1_002);
        assertThat(first).doesNotHaveDuplicates().contains("newcomer", "bulk");
    }

    @Test
    void anUrgentJobIsAmongTheNextTwoBehindAnAgedBacklog() {
        fixture.clock.advance(Duration.ofHours(1));
        fixture.start(13);
        JobId urgent = fixture.submit("urgent", 1);
        assertThat(fixture.start(2)).contains(urgent);
    }
}
