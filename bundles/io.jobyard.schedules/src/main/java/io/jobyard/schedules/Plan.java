// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.SchedulePause;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.schedules.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Definition of a schedule, from a file or the store.
 *
 * @param owner submitter of its jobs
 * @param isFromFile whether a file defines it
 */
record Plan(ScheduleSpecification asked, Timing timing, Caller owner, boolean isFromFile) {

    private static final long MIXED = 0x9E37_79B9_7F4A_7C15L;

    /** Returns a plan. If it names calendars, it has no times until it gets them. */
    static Plan of(ScheduleSpecification asked, Caller owner, boolean isFromFile) {
        return new Plan(asked, Timing.of(asked, Map.of()), owner, isFromFile);
    }

    /** Returns this plan with the times at which its calendars are open. */
    Plan with(Map<String, CalendarRules> calendars) {
        return new Plan(asked, Timing.of(asked, calendars), owner, isFromFile);
    }

    String name() {
        return asked.name();
    }

    /** Returns the time at which a scheduled time gets its job: later by a part of the jitter, which is constant for each time. */
    Instant due(Instant time) {
        long most = asked.jitter().toMillis();
        return most == 0 ? time : time.plusMillis(Math.floorMod(mixed(time), most + 1));
    }

    /** Returns the SplitMix64 hash, so that similar times have independent values. */
    private long mixed(Instant time) {
        long bits = (long) name().hashCode() * MIXED + time.toEpochMilli();
        bits = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return bits ^ (bits >>> 31);
    }

    /** Returns the base of the next scheduled time. Times within an ended pause are skipped. */
    Instant base(StoredSchedule row) {
        SchedulePause pause = row.pause();
        return pause == null || pause.until() == null
                ? row.fires().decided()
                : timing.leaveOut(row.fires().decided(), pause.until().minusNanos(1_000));
    }

    /** Returns the next time after another one, or after the beginning; empty if the schedule has ended by then. */
    Optional<Instant> next(Instant after) {
        return timing.next(after).filter(time -> !isFinished(time));
    }

    /** Returns the next time, even if a calendar is closed then. Times that count from the ends of jobs are open. */
    Optional<Instant> planned(Instant after) {
        return (timing.isFromEnd() ? timing : timing.planned()).next(after).filter(time -> !isFinished(time));
    }

    private boolean isFinished(Instant time) {
        return asked.bounds().end() != null && !time.isBefore(asked.bounds().end());
    }

    /** Returns the last instant that can be a scheduled time, at most now. */
    Instant latest(Instant now) {
        Instant end = asked.bounds().end();
        return end != null && !end.isAfter(now) ? end.minusNanos(1_000) : now;
    }

    /** Returns the time up to which times count as missed: a time may be late by the grace period, in addition to its jitter. */
    Instant missedUntil(Instant now) {
        return now.minus(asked.missed().grace()).minus(asked.jitter());
    }

    /** Returns the pause that applies at an instant; null if none does. */
    static @Nullable SchedulePause pause(StoredSchedule row, Instant at) {
        SchedulePause pause = row.pause();
        return pause != null && (pause.until() == null || at.isBefore(pause.until())) ? pause : null;
    }

    /** Maximum length of an interval. */
    static final Duration LONGEST = Duration.ofDays(36_500);
}
