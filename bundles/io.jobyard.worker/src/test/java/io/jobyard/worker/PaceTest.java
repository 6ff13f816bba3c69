// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace();

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
    void longJobsAreNot() {
        pace.took(60_000_000_000L);
        assertThat(pace.ahead(32)).isZero();
    }

    @Test
    void itFollowsTheRecentPace() {
        pace.took(0);
        assertThat(pace.ahead(1)).isEqualTo(64);
        for (int i = 0; i < 3; i++) {
            pace.took(100_000_000);
        }
        assertThat(pace.ahead(1)).isZero();
        for (int i = 0; i < 60; i++) {
            pace.took(1_000_000);
        }
        assertThat(pace.ahead(1)).isBetween(15, 20);
    }
}
