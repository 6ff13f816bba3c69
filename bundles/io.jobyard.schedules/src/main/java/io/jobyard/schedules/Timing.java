// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rule for scheduled times. Each base of a query is the beginning, or one of the times. Immutable. */
interface Timing {

    /** Returns the timing of a checked specification, at whose times the calendars are open. */
    static Timing of(ScheduleSpecification asked, Map<String, CalendarRules> calendars) {
        List<String> names = asked.bounds().calendars();
        Timing planned = planned(asked);
        return names.isEmpty() ? planned : new CalendarTiming(planned, new OpenTimes(asked.zone(), names, calendars));
    }

    /** Returns the timing of a checked specification without its calendars. */
    static Timing planned(ScheduleSpecification asked) {
        if (asked.rhythm() instanceof Rhythm.Cron cron) {
            return new CronTiming(cron, asked.zone());
        }
        return asked.rhythm() instanceof Rhythm.Every every
                ? new IntervalTiming(every.interval(), false)
                : new IntervalTiming(((Rhythm.Delay) asked.rhythm()).interval(), true);
    }

    /** Returns a text that is equal for equal times. */
    String text();

    /** Returns the first later time; empty if the times have ended. */
    Optional<Instant> next(Instant after);

    /** Returns the base from which the first time is not before the start; null to begin now. */
    Instant begin(Instant now, @Nullable Instant start);

    /** Returns the base from which no time up to and including {@code until} occurs. */
    Instant leaveOut(Instant after, Instant until);

    /** Returns the latest times in the range, in order. The range excludes the first instant and includes the second. */
    List<Instant> latest(Instant after, Instant until, int most);

    /** Returns the number of times, at most {@code most}. */
    long count(Instant after, Instant until, int most);

    /** Returns whether the times count from the ends of jobs. */
    default boolean isFromEnd() {
        return false;
    }

    /** Returns the timing that also contains the times at which calendars are closed. */
    default Timing planned() {
        return this;
    }

    /** Returns why a time gets no job; null if its calendars are open. */
    default @Nullable String closed(Instant time) {
        return null;
    }

    /** Returns the first times in the range, in order. The range excludes the first instant and includes the second. */
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
