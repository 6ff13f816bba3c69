// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.spi.store.JobStore;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Source of strictly rising job IDs: UUIDs of version 7 (RFC 9562, 5.7). A counter of 12 bits follows the millisecond, and a full counter
 * continues in the next millisecond (RFC 9562, 6.2, methods 1 and 4). The IDs also rise when the clock is set back, by up to {@link
 * JobStore#ID_LEAD}.
 */
final class JobIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long LEAD = JobStore.ID_LEAD.toMillis() << 12;

    private final RandomGenerator random;
    private long last;

    JobIds(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the ID of a job that is created now. */
    synchronized JobId next(Instant now) {
        long first = now.toEpochMilli() << 12;
        last = last - first < LEAD ? Math.max(last + 1, first) : first;
        long high = (last >>> 12) << 16 | VERSION_7 | (last & 0xFFF);
        long low = (random.nextLong() >>> 2) | VARIANT;
        return new JobId(new UUID(high, low));
    }
}
