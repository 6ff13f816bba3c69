// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(Pace.AHEAD);

    @Test
    void beforeAnythingIsKnownNothingIsHandedAhead() {
        assertThat(pace.ahead(32)).isZero();
    }

    @Test
    void shortJobsAreHandedAheadAsManyAsBeginInTwentyMilliseconds() {
        pace.took(1_000_000);
        assertThat(pace.ahead(1)).isEqualTo(20);
        assertThat(pace.ahead(2)).isEqualTo(40);
        assertThat(pace.ahead(32)).isEqualTo(64);
        assertThat(pace.ahead(0)).isZero();
    }

    @Test
    void withNoTimeAheadNothingIsHandedAhead() {
        Pace none = new Pace(Duration.ZERO);
        none.took(0);
        assertThat(none.ahead(32)).isZero();
    }

    @Test
    void longJobsAreNot() {
        pace.took(60_000_000_000L);
        assertThat(pace.ahead(32)).isZero();
    }

    @Test
    void aLongRunIsHeardAtOnceAndForgottenSlowly() {
        pace.took(0);
        assertThat(pace.ahead(1)).isEqualTo(64);
        pace.took(100_000_000);
        assertThat(pace.ahead(1)).isZero();
        for (int i = 0; i < 60; i++) {
            pace.took(1_000_000);
        }
        assertThat(pace.ahead(1)).isBetween(15, 20);
    }
}
