// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobTerms;
import io.jobyard.api.handler.EndReason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Times of a run, by the clock and by elapsed nanoseconds. Guarded by the lock of the run. */
final class RunClock {

    private final LongSupplier ticker;
    private final @Nullable Instant deadline;
    final LastContextCall signs;
    private volatile Duration timeout;
    private boolean isExtended;
    private volatile long startedNanos;
    private @Nullable Instant startedAt;
    private @Nullable LatestEnd latestEnd;
    private long endingNanos;

    RunClock(LongSupplier ticker, JobTerms terms) {
        this.ticker = ticker;
        deadline = terms.times().deadline();
        timeout = terms.runs().timeout();
        signs = new LastContextCall(ticker);
    }

    void begin(Instant now) {
        startedAt = now;
        latestEnd = LatestEnd.of(timeout, deadline, now);
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

    /**
     * Lets the run, which has begun, last at least this long from now, but at most as long as the longest run, and not after its job's
     * deadline. It never ends earlier than before.
     *
     * @return limit that did not allow all of it; null if the run got it
     */
    @Nullable
    EndReason extend(Duration more, Duration longest) {
        Duration asked = wholeMillis(
                Duration.ofNanos(ticker.getAsLong() - startedNanos).plus(more.compareTo(longest) < 0 ? more : longest));
        Duration extended = asked.compareTo(longest) < 0 ? asked : longest;
        if (extended.compareTo(timeout) > 0) {
            timeout = extended;
            isExtended = true;
            latestEnd = LatestEnd.of(timeout, deadline, Objects.requireNonNull(startedAt, "the run has begun"));
        }
        return latestEnd().nanos() >= asked.toNanos() ? null : latestEnd().why();
    }

    /** Returns the duration in whole milliseconds, rounded up. */
    private static Duration wholeMillis(Duration time) {
        return time.plusNanos(TimeUnit.MILLISECONDS.toNanos(1) - 1).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the timeout of the run, with its extension. For any thread, without a lock. */
    Duration timeout() {
        return timeout;
    }

    /** Returns the latest end of the run if its handler has extended its timeout; otherwise null. */
    @Nullable
    Instant extendedTo() {
        return isExtended ? latestEnd().at() : null;
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
