// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as nanoseconds since 1970 UTC, as the calculation of rates uses them. */
final class EpochNanos {

    /** Always in the past. */
    static final long ALWAYS = Long.MIN_VALUE;
    /** Unknown or never. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long SECOND = 1_000_000_000;
    private static final Instant LAST = Instant.ofEpochSecond(Long.MAX_VALUE / 2 / SECOND);

    private EpochNanos() {}

    static long of(Instant instant) {
        Instant bounded = instant.isAfter(LAST) ? LAST : instant;
        return bounded.getEpochSecond() * SECOND + bounded.getNano();
    }

    /** Rounds up to microseconds, the precision of the store and the clock. */
    static Instant instant(long nanos) {
        Instant exact = Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
        Instant micros = exact.truncatedTo(ChronoUnit.MICROS);
        return micros.equals(exact) ? micros : micros.plus(1, ChronoUnit.MICROS);
    }
}
