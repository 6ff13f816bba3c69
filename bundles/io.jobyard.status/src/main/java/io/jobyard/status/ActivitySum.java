// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Activity.Lately;
import io.jobyard.api.Activity.Rates;
import io.jobyard.api.Activity.Times;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Sum of several {@link ActivityWindow}s. */
final class ActivitySum {

    static final List<Duration> WINDOWS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), ActivityWindow.LONGEST);

    private static final int DIGITS = 2;
    private static final long UNIT_NANOS = 100_000;
    private static final Duration LONGEST = Duration.ofDays(366);

    final Histogram waits = new Histogram(DIGITS);
    final Histogram runs = new Histogram(DIGITS);
    private final long[][] counts = new long[WINDOWS.size()][CountedEvent.values().length];

    /** Converts a duration to tenths of milliseconds, the unit of the histograms. */
    static long units(Duration duration) {
        Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
        return bounded.isNegative() ? 0 : bounded.toNanos() / UNIT_NANOS; // the clock may be set back
    }

    void count(int window, int[] happened) {
        for (int i = 0; i < happened.length; i++) {
            counts[window][i] += happened[i];
        }
    }

    Lately lately() {
        return new Lately(
                rates(CountedEvent.SUBMITTED),
                rates(CountedEvent.STARTED),
                rates(CountedEvent.COMPLETED),
                rates(CountedEvent.FAILED),
                rates(CountedEvent.CANCELLED),
                times(waits),
                times(runs));
    }

    private Rates rates(CountedEvent event) {
        return new Rates(perMinute(0, event), perMinute(1, event), perMinute(2, event));
    }

    private double perMinute(int window, CountedEvent event) {
        return (double) counts[window][event.ordinal()] / WINDOWS.get(window).toMinutes();
    }

    private static Times times(Histogram times) {
        long count = times.getTotalCount();
        return count == 0
                ? new Times(0, null, null, null, null)
                : new Times(count, at(times, 50), at(times, 95), at(times, 99), duration(times.getMaxValue()));
    }

    private static Duration at(Histogram times, double percent) {
        return duration(times.getValueAtPercentile(percent));
    }

    private static Duration duration(long units) {
        return Duration.ofNanos(units * UNIT_NANOS);
    }
}
