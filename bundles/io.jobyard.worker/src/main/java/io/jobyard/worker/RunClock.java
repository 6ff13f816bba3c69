// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobTerms;
import io.jobyard.api.handler.EndReason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Times of a run, by the clock and by elapsed nanoseconds. Guarded by the lock of the run. */
final class RunClock {

    private final LongSupplier ticker;
    final LastContextCall signs;
    private volatile long startedNanos;
    private @Nullable Instant startedAt;
    private @Nullable LatestEnd latestEnd;
    private long endingNanos;

    RunClock(LongSupplier ticker) {
        this.ticker = ticker;
        signs = new LastContextCall(ticker);
    }

    void begin(JobTerms terms, Instant now) {
        startedAt = now;
        latestEnd = LatestEnd.of(terms, now);
        startedNanos = ticker.getAsLong();
        signs.give();
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    /** Returns the latest end of the run, which has begun. */
    LatestEnd latestEnd() {
        return Objects.requireNonNull(latestEnd, "a handler has begun");
    }

    /** Returns the reason to end the run, which has begun: its timeout or its job's deadline; null before. */
    @Nullable
    EndReason late() {
        return ticker.getAsLong() - startedNanos >= latestEnd().nanos()
                ? latestEnd().why()
                : null;
    }

    /** Records the request to end the run. */
    void ends() {
        endingNanos = ticker.getAsLong();
    }

    /** Returns the time of the request to end; null if the run had not begun. */
    @Nullable
    Instant endingAt() {
        return startedAt == null
                ? null
                : startedAt.plusNanos(endingNanos - startedNanos).truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns the rest of the grace period after the request to end, in nanoseconds; negative if it has passed. */
    long graceLeft(Duration grace) {
        return endingNanos + grace.toNanos() - ticker.getAsLong();
    }

    /** Returns the time until the run, which has begun, can be late or silent for the limit, in nanoseconds; zero means no limit. */
    long nanosLeft(Duration limit) {
        long left = latestEnd().nanos() - (ticker.getAsLong() - startedNanos);
        return limit.isZero() ? left : Math.min(left, signs.nanosLeft(limit.toNanos()));
    }

    /** Returns whether the run began later. For any thread, without a lock. */
    boolean youngerThan(long nanos) {
        return ticker.getAsLong() - startedNanos < nanos;
    }
}
