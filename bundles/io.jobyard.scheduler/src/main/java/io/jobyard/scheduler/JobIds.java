// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes ids: UUIDs of version 7 (RFC 9562, 5.7) that rise strictly, by a counter of 12 bits beside the millisecond that
 * runs into the next one when it is full (RFC 9562, 6.2, methods 1 and 4). Safe for use by several threads.
 */
final class JobIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final RandomGenerator random;
    private long last;

    JobIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    synchronized JobId next() {
        last = Math.max(last + 1, clock.millis() << 12);
        long high = (last >>> 12) << 16 | VERSION_7 | (last & 0xFFF);
        long low = (random.nextLong() >>> 2) | VARIANT;
        return new JobId(new UUID(high, low));
    }
}
