// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Takes the chance out of the delay before the next attempt: always the longest. Ids are still drawn. */
public final class LongestDelay implements RandomGenerator {

    private final SplittableRandom ids = new SplittableRandom(1);

    /** Always draws the same ids. */
    public LongestDelay() {
        // nothing to begin with
    }

    @Override
    public synchronized long nextLong() {
        return ids.nextLong();
    }

    @Override
    public long nextLong(long bound) {
        return bound - 1;
    }
}
