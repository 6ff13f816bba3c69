// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLI = 1_000_000;

    private final Pace pace = new Pace(Pace.AHEAD);

    private static void began(Pace pace, int count, long now) {
        for (int n = 0; n < count; n++) {
            pace.began(now);
        }
    }

    @Test
    void beforeAnythingIsKnownNothingIsHandedAhead() {
        assertThat(pace.ahead(32, 0)).isZero();
        began(pace, 100, 0);
        assertThat(pace.ahead(32, 0)).as("what they take is not known").isZero();
    }

    @Test
    void shortJobsAreHandedAheadAsManyAsThreadsHaveTimeForInTwentyMilliseconds() {
        began(pace, 1_000, 0);
        pace.took(MILLI);
        assertThat(pace.ahead(1, 0)).isEqualTo(20);
        assertThat(pace.ahead(2, 0)).isEqualTo(40);
        assertThat(pace.ahead(32, 0)).isEqualTo(64);
        assertThat(pace.ahead(0, 0)).isZero();
    }

    @Test
    void theyAreAtMostAsManyAsBeginInTwentyMillisecondsWhateverHoldsThemUp() {
        pace.took(1_000);
        began(pace, 50, 0);
        began(pace, 35, 80 * MILLI);
        assertThat(pace.ahead(4, 100 * MILLI)).isEqualTo((50 + 35) / 5);
        assertThat(pace.ahead(4, 101 * MILLI)).isEqualTo(35 / 5);
        assertThat(pace.ahead(4, 181 * MILLI)).isZero();
    }

    @Test
    void withNoTimeAheadNothingIsHandedAhead() {
        Pace none = new Pace(Duration.ZERO);
        none.took(0);
        began(none, 10, 0);
        assertThat(none.ahead(32, 1)).isZero();
    }

    @Test
    void longJobsAreNot() {
        began(pace, 320, 0);
        pace.took(60_000 * MILLI);
        assertThat(pace.ahead(32, 0)).isZero();
    }

    @Test
    void aLongRunIsHeardAtOnceAndForgottenSlowly() {
        began(pace, 320, 0);
        pace.took(0);
        assertThat(pace.ahead(1, 0)).isEqualTo(64);
        pace.took(100 * MILLI);
        assertThat(pace.ahead(1, 0)).isZero();
        for (int i = 0; i < 60; i++) {
            pace.took(MILLI);
        }
        assertThat(pace.ahead(1, 0)).isBetween(15, 20);
    }
}
