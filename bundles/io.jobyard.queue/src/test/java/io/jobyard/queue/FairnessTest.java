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

    private final Yard yard = new Yard();

    @BeforeEach
    void submitHalfAMillion() {
        yard.submit(500_000, "bulk", 5);
        yard.start(50);
    }

    @Test
    void anothersFirstJobOfTheLevelIsAmongTheNextTwo() {
        JobId other = yard.submit("other", 5);
        assertThat(yard.start(2)).contains(other);

        JobId again = yard.submit("other", 5);
        assertThat(yard.start(2)).contains(again);
    }

    @Test
    void alsoRightAfterARestart() {
        JobId other = yard.submit("other", 5);
        yard.clock.advance(Duration.ofDays(1));
        yard.open();
        assertThat(yard.start(2)).contains(other);

        yard.open();
        JobId later = yard.submit("later", 5);
        assertThat(yard.start(2)).contains(later);
    }

    @Test
    void alsoAmongAThousandSubmittersEachStartsInItsTurn() {
        for (int i = 0; i < 1_000; i++) {
            yard.submit(2, "s" + i, 5);
        }
        List<String> first = yard.startersOf(1_001);
        assertThat(first).doesNotHaveDuplicates();
        assertThat(yard.startersOf(1_001)).doesNotHaveDuplicates();

        JobId other = yard.submit("newcomer", 5);
        assertThat(yard.start(2)).contains(other);
    }

    @Test
    void alsoAmongAThousandSubmittersRightAfterARestart() {
        for (int i = 0; i < 1_000; i++) {
            yard.submit(2, "s" + i, 5);
        }
        yard.start(500);
        yard.open();
        yard.submit("newcomer", 5);

        List<String> first = yard.startersOf(1_002);
        assertThat(first).doesNotHaveDuplicates().contains("newcomer", "bulk");
    }

    @Test
    void anUrgentJobIsAmongTheNextTwoBehindAnAgedBacklog() {
        yard.clock.advance(Duration.ofHours(1));
        yard.start(13);
        JobId urgent = yard.submit("urgent", 1);
        assertThat(yard.start(2)).contains(urgent);
    }
}
