// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Times at a fixed distance in elapsed time. Clock changes of zones have no effect.
 *
 * @param isFromEnd whether the distance counts from the end of a job, and not from the previous time
 */
record IntervalTiming(Duration interval, boolean isFromEnd) implements Timing {

    @Override
    public String text() {
        return (isFromEnd ? "delay " : "every ") + interval;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.of(after.plus(interval));
    }

    @Override
    public Instant begin(Instant now, @Nullable Instant start) {
        return start != null && start.isAfter(now) ? start.minus(interval) : now;
    }

    @Override
    public Instant leaveOut(Instant after, Instant until) {
        return isFromEnd ? max(after, until) : after.plus(interval.multipliedBy(steps(after, until)));
    }

    @Override
    public List<Instant> latest(Instant after, Instant until, int most) {
        long steps = steps(after, until);
        return LongStream.rangeClosed(Math.max(1, steps - most + 1), steps)
                .mapToObj(step -> after.plus(interval.multipliedBy(step)))
                .toList();
    }

    @Override
    public long count(Instant after, Instant until, int most) {
        return Math.min(steps(after, until), most);
    }

    private long steps(Instant after, Instant until) {
        return until.isBefore(after) ? 0 : Duration.between(after, until).dividedBy(interval);
    }

    static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
