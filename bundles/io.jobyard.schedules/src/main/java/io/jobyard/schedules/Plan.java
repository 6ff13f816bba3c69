// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.SchedulePause;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.schedules.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule does, from wherever that is said.
 *
 * @param asked its checked specification
 * @param owner whose jobs it makes
 * @param isFromFile whether a file says it
 */
record Plan(ScheduleSpecification asked, Timing timing, Caller owner, boolean isFromFile) {

    private static final long MIXED = 0x9E37_79B9_7F4A_7C15L;

    static Plan of(ScheduleSpecification asked, Caller owner, boolean isFromFile) {
        return new Plan(asked, Timing.of(asked), owner, isFromFile);
    }

    String name() {
        return asked.name();
    }

    /** When the job of a time is made: later by a part of the jitter that is always the same for it. */
    Instant due(Instant time) {
        long most = asked.jitter().toMillis();
        return most == 0 ? time : time.plusMillis(Math.floorMod(mixed(time), most + 1));
    }

    /** As of SplitMix64, so that times near each other have nothing in common. */
    private long mixed(Instant time) {
        long bits = (long) name().hashCode() * MIXED + time.toEpochMilli();
        bits = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return bits ^ (bits >>> 31);
    }

    /** What its next time is counted from: a pause that is over has left out what fell into it. */
    Instant base(StoredSchedule row) {
        SchedulePause pause = row.pause();
        return pause == null || pause.until() == null
                ? row.fires().decided()
                : timing.leaveOut(row.fires().decided(), pause.until().minusNanos(1_000));
    }

    /** The next time behind another one, or behind the beginning; empty if it has ended by then. */
    Optional<Instant> next(Instant after) {
        return timing.next(after).filter(time -> !isFinished(time));
    }

    private boolean isFinished(Instant time) {
        return asked.bounds().end() != null && !time.isBefore(asked.bounds().end());
    }

    /** The last instant at which there may be a time, up to now. */
    Instant latest(Instant now) {
        Instant end = asked.bounds().end();
        return end != null && !end.isAfter(now) ? end.minusNanos(1_000) : now;
    }

    /** Times up to then are missed: a time may be later by the grace, behind its jitter. */
    Instant missedUntil(Instant now) {
        return now.minus(asked.missed().grace()).minus(asked.jitter());
    }

    /** What holds it at an instant; null if nothing does. */
    static @Nullable SchedulePause pause(StoredSchedule row, Instant at) {
        SchedulePause pause = row.pause();
        return pause != null && (pause.until() == null || at.isBefore(pause.until())) ? pause : null;
    }

    /** What is longer than this comes to nothing good. */
    static final Duration LONGEST = Duration.ofDays(36_500);
}
