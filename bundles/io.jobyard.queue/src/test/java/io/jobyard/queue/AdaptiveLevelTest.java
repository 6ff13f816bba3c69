// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveLevelTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_000 * SECOND;

    private final AdaptiveLevel level = new AdaptiveLevel(new AdaptiveBounds(4, 64, null));

    @Test
    void aLevelBeginsWithTheLeast() {
        assertThat(level.level()).isEqualTo(4);
    }

    @Test
    void aLevelGrowsByOneAfterAsManySuccessesAsItAllows() {
        assertThat(successes(3, 4)).isZero();
        assertThat(successes(1, 4)).isEqualTo(1);
        assertThat(level.level()).isEqualTo(5);
        assertThat(successes(4, 5)).isZero();
        assertThat(successes(1, 5)).isEqualTo(1);
        assertThat(level.level()).isEqualTo(6);
    }

    @Test
    void aLevelOfWhichLessThanHalfIsUsedDoesNotGrow() {
        level.restore(10);
        assertThat(successes(100, 4)).isZero();
        assertThat(successes(10, 5)).isEqualTo(1);
    }

    @Test
    void aLevelStopsAtTheMost() {
        level.restore(63);
        successes(10_000, 64);
        assertThat(level.level()).isEqualTo(64);
    }

    @Test
    void anOverloadHalvesDownToTheLeast() {
        level.restore(50);
        assertThat(level.overloaded(NOW, NOW)).isTrue();
        assertThat(level.level()).isEqualTo(25);
        for (int n = 1; n < 9; n++) {
            level.overloaded(NOW + n * SECOND, NOW + n * SECOND);
        }
        assertThat(level.level()).isEqualTo(4);
    }

    @Test
    void anOverloadForgetsTheSuccessesBefore() {
        level.restore(8);
        successes(7, 8);
        level.overloaded(NOW, NOW);
        assertThat(successes(3, 8)).isZero();
        assertThat(successes(1, 8)).isEqualTo(1);
    }

    @Test
    void aThousandRefusalsAtOnceHalveOnce() {
        level.restore(64);
        int halved = 0;
        for (int n = 0; n < 1_000; n++) {
            halved += level.overloaded(0, NOW + n * (SECOND / 1_000)) ? 1 : 0;
        }
        assertThat(halved).isEqualTo(1);
        assertThat(level.level()).isEqualTo(32);
    }

    @Test
    void runsThatBeganBeforeADecreaseDoNotCauseAnother() {
        level.restore(64);
        level.overloaded(NOW - 30 * SECOND, NOW);
        assertThat(level.overloaded(NOW - SECOND, NOW + 20 * SECOND)).isFalse();
        assertThat(level.overloaded(NOW + SECOND, NOW + 21 * SECOND)).isTrue();
        assertThat(level.level()).isEqualTo(16);
    }

    @Test
    void aClockThatIsSetBackStopsNoDecrease() {
        level.restore(64);
        level.overloaded(NOW, NOW);
        assertThat(level.overloaded(NOW - 500 * SECOND, NOW - 500 * SECOND)).isTrue();
        assertThat(level.overloaded(NOW - 499 * SECOND, NOW - 499 * SECOND)).isTrue();
        assertThat(level.level()).isEqualTo(8);
    }

    @Test
    void aLevelStaysWithinChangedBounds() {
        level.restore(60);
        level.follow(new AdaptiveBounds(2, 20, null));
        assertThat(level.level()).isEqualTo(20);
        level.follow(new AdaptiveBounds(30, 40, null));
        assertThat(level.level()).isEqualTo(30);
        level.restore(35);
        level.follow(new AdaptiveBounds(30, 50, null));
        assertThat(level.level()).isEqualTo(35);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aLevelIsAlwaysWithinItsBounds(long seed) {
        Random random = new Random(seed);
        AdaptiveBounds bounds = bounds(random);
        AdaptiveLevel any = new AdaptiveLevel(bounds);
        long now = NOW;
        for (int n = 0; n < 20_000; n++) {
            int before = any.level();
            int action = random.nextInt(100);
            now += random.nextLong(SECOND / 4);
            if (action < 90) {
                boolean hasGrown = any.succeeded(random.nextInt(any.level() + 1));
                assertThat(any.level()).isEqualTo(hasGrown ? before + 1 : before);
            } else if (action < 98) {
                boolean isHalved = any.overloaded(now - random.nextLong(5 * SECOND), now);
                assertThat(any.level()).isEqualTo(isHalved ? Math.max(bounds.least(), before / 2) : before);
            } else if (action == 98) {
                any.restore(random.nextInt(200_000) - 50_000);
            } else {
                bounds = bounds(random);
                any.follow(bounds);
            }
            assertThat(any.level()).as("after " + n + " actions").isBetween(bounds.least(), bounds.most());
        }
    }

    private static AdaptiveBounds bounds(Random random) {
        int least = 1 + random.nextInt(20);
        return new AdaptiveBounds(least, least + 1 + random.nextInt(40), null);
    }

    /** Returns how often the level grows. */
    private int successes(int count, int inUse) {
        int grown = 0;
        for (int n = 0; n < count; n++) {
            grown += level.succeeded(inUse) ? 1 : 0;
        }
        return grown;
    }
}
