// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times of another timing at which calendars are open. Closed times are skipped. A time that counts from the end of a job moves to the next
 * opening.
 */
record CalendarTiming(Timing planned, OpenTimes open) implements Timing {

    /** Time after which a search for an open time ends. */
    private static final Duration FARTHEST = Duration.ofDays(3_660);

    @Override
    public String text() {
        return planned.text() + " " + open;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        Instant limit = after.plus(FARTHEST);
        Optional<Instant> time = planned.next(after);
        while (time.isPresent()) {
            Optional<Instant> opening = open.opening(time.get(), limit);
            if (opening.isEmpty() || opening.equals(time) || isFromEnd()) {
                return opening;
            }
            time = planned.next(planned.leaveOut(time.get(), opening.get().minusNanos(1_000)));
        }
        return time;
    }

    @Override
    public Instant begin(Instant now, @Nullable Instant start) {
        return planned.begin(now, start);
    }

    @Override
    public Instant leaveOut(Instant after, Instant until) {
        return planned.leaveOut(after, until);
    }

    /** Halves the range until it contains no more times than asked, so that long closed times and many open times take no longer. */
    @Override
    public List<Instant> latest(Instant after, Instant until, int most) {
        List<Instant> found = first(after, until, most);
        Instant low = after;
        Instant high = until;
        while (found.size() == most && isBefore(next(found.get(most - 1)), until)) {
            Instant middle = low.plus(Duration.between(low, high).dividedBy(2));
            List<Instant> later = first(leaveOut(after, middle), until, most);
            if (later.size() == most) {
                found = later;
                low = middle;
            } else {
                high = middle;
            }
        }
        return found;
    }

    private static boolean isBefore(Optional<Instant> time, Instant until) {
        return time.isPresent() && !time.get().isAfter(until);
    }

    @Override
    public long count(Instant after, Instant until, int most) {
        return first(after, until, most).size();
    }

    @Override
    public boolean isFromEnd() {
        return planned.isFromEnd();
    }

    @Override
    public @Nullable String closed(Instant time) {
        return open.closed(time);
    }
}
