// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which times there are. An instant "after" which one is asked for is the beginning, or one of the times. Immutable. */
interface Timing {

    /** What a checked specification says. */
    static Timing of(ScheduleSpecification asked) {
        if (asked.rhythm() instanceof Rhythm.Cron cron) {
            return new CronTiming(cron.expression(), asked.zone());
        }
        return asked.rhythm() instanceof Rhythm.Every every
                ? new IntervalTiming(every.interval(), false)
                : new IntervalTiming(((Rhythm.Delay) asked.rhythm()).interval(), true);
    }

    /** The same text for the same times. */
    String text();

    /** The first time later than that; empty if there is none. */
    Optional<Instant> next(Instant after);

    /** What to count from, so that the first time is not earlier than the start; null to begin now. */
    Instant begin(Instant now, @Nullable Instant start);

    /** What to count on from, so that no time up to the second instant, itself too, comes any more. */
    Instant leaveOut(Instant after, Instant until);

    /** The latest times later than the first instant and not later than the second, in order. */
    List<Instant> latest(Instant after, Instant until, int most);

    /** How many there are of them; fewer if there are more than that. */
    long count(Instant after, Instant until, int most);

    /** Whether times count from the ends of jobs. */
    default boolean isFromEnd() {
        return false;
    }

    /** The first times later than the first instant and not later than the second, in order. */
    default List<Instant> first(Instant after, Instant until, int most) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = next(after);
        while (times.size() < most && next.isPresent() && !next.get().isAfter(until)) {
            times.add(next.get());
            next = next(next.get());
        }
        return times;
    }
}
