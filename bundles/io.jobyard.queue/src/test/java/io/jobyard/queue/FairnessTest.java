// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * One submitter's half a million jobs delay nobody. They are submitted once: each test begins where no other's job waits, and those
 * that let time pass come last.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FairnessTest {

    private static final int LAST = Integer.MAX_VALUE;

    private final LanesFixture fixture = new LanesFixture();

    @BeforeAll
    void submitHalfAMillion() {
        fixture.submit(500_000, "bulk", 5);
        fixture.start(50);
    }

    @AfterEach
    void startTheOthers() {
        while (fixture.views().stream()
                .anyMatch(lane -> lane.queued() > 0 && !lane.lane().submitter().equals("bulk"))) {
            fixture.start(100);
        }
    }

    @Test
    void anothersFirstJobOfTheLevelIsAmongTheNextTwo() {
        JobId other = fixture.submit("other", 5);
        assertThat(fixture.start(2)).contains(other);

        JobId again = fixture.submit("other", 5);
        assertThat(fixture.start(2)).contains(again);
    }

    @Test
    @Order(LAST)
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
    @Order(LAST)
    void anUrgentJobIsAmongTheNextTwoBehindAnAgedBacklog() {
        fixture.clock.advance(Duration.ofHours(1));
        fixture.start(13);
        JobId urgent = fixture.submit("urgent", 1);
        assertThat(fixture.start(2)).contains(urgent);
    }
}
