// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random source for tests, which always returns the longest delay before the next attempt. IDs are still random. */
public final class LongestDelay implements RandomGenerator {

    private final SplittableRandom ids = new SplittableRandom(1);

    /** Creates a source that always returns the same IDs. */
    public LongestDelay() {
        // no seed is needed
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
