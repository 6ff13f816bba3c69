// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PrefetchTest {

    private static final long MILLI = 1_000_000;

    private final Prefetch prefetch = new Prefetch(Prefetch.AHEAD);

    private static void began(Prefetch prefetch, int count, long now) {
        for (int n = 0; n < count; n++) {
            prefetch.began(now);
        }
    }

    @Test
    void beforeAnythingIsKnownNothingIsHandedAhead() {
        assertThat(prefetch.ahead(32, 0)).isZero();
        began(prefetch, 100, 0);
        assertThat(prefetch.ahead(32, 0)).as("what they take is not known").isZero();
    }

    @Test
    void shortJobsAreHandedAheadAsManyAsThreadsHaveTimeForInTwentyMilliseconds() {
        began(prefetch, 320, 0);
        prefetch.took(MILLI);
        assertThat(prefetch.ahead(1, 0)).isEqualTo(20);
        assertThat(prefetch.ahead(2, 0)).isEqualTo(40);
        assertThat(prefetch.ahead(32, 0)).isEqualTo(64);
        assertThat(prefetch.ahead(0, 0)).isZero();
    }

    @Test
    void theyAreAtMostAsManyAsBeginInTwentyMillisecondsWhateverHoldsThemUp() {
        prefetch.took(1_000);
        began(prefetch, 50, 0);
        began(prefetch, 35, 80 * MILLI);
        assertThat(prefetch.ahead(4, 100 * MILLI)).isEqualTo((50 + 35) / 5);
        assertThat(prefetch.ahead(4, 101 * MILLI)).isEqualTo(35 / 5);
        assertThat(prefetch.ahead(4, 181 * MILLI)).isZero();
    }

    @Test
    void moreThanSixtyFourAreHandedAheadOnlyIfTheyBeginInTenMilliseconds() {
        prefetch.took(1_000);
        began(prefetch, 640, 0);
        assertThat(prefetch.ahead(4, 0)).isEqualTo(64);
        began(prefetch, 360, 0);
        assertThat(prefetch.ahead(4, 0)).isEqualTo(100);
        began(prefetch, 10_000, 0);
        assertThat(prefetch.ahead(4, 0)).isEqualTo(256);
    }

    @Test
    void threadsThatAreBusyAllTheTimeGetTwiceAsMuchInStock() {
        began(prefetch, 100, 0);
        prefetch.took(10 * MILLI);
        assertThat(prefetch.ahead(10, 0)).isEqualTo(20);
        assertThat(prefetch.inStock(10, 0)).isEqualTo(20 + 20);
        assertThat(prefetch.inStock(20, 0)).as("half of the time").isEqualTo(20 + 20 / 2);
        assertThat(prefetch.inStock(2_000, 0)).as("hardly ever").isEqualTo(20);
        assertThat(prefetch.inStock(0, 0)).isZero();
    }

    @Test
    void withNoTimeAheadNothingIsHandedAhead() {
        Prefetch none = new Prefetch(Duration.ZERO);
        none.took(0);
        began(none, 10, 0);
        assertThat(none.ahead(32, 1)).isZero();
        assertThat(none.inStock(32, 1)).isZero();
    }

    @Test
    void longJobsAreNot() {
        began(prefetch, 320, 0);
        prefetch.took(60_000 * MILLI);
        assertThat(prefetch.ahead(32, 0)).isZero();
    }

    @Test
    void aLongRunIsHeardAtOnceAndForgottenSlowly() {
        began(prefetch, 320, 0);
        prefetch.took(0);
        assertThat(prefetch.ahead(1, 0)).isEqualTo(64);
        prefetch.took(100 * MILLI);
        assertThat(prefetch.ahead(1, 0)).isZero();
        for (int i = 0; i < 60; i++) {
            prefetch.took(MILLI);
        }
        assertThat(prefetch.ahead(1, 0)).isBetween(15, 20);
    }
}
