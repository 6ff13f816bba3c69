// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.CronSyntax;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times of a cron expression in a zone. The expression is evaluated in local time without clock changes; between two changes, zone time is
 * equal to it. When clocks go forward, times in the missing hour move to its end. When they go back, a time with a fixed hour occurs in the
 * first of the two hours, and a time in every hour or interval occurs in both.
 */
final class CronTiming implements Timing {

    private static final Duration[] WINDOWS = {
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Duration.ofDays(1),
        Duration.ofDays(31),
        Duration.ofDays(366),
        Duration.ofDays(3_660)
    };

    private final Rhythm.Cron cron;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final LocalTimes local;

    /** @throws IllegalArgumentException if the cron expression is invalid; the message contains the reason */
    CronTiming(Rhythm.Cron cron, ZoneId zone) {
        this.cron = cron;
        this.zone = zone;
        rules = zone.getRules();
        local = LocalTimes.of(cron);
    }

    @Override
    public String text() {
        String syntax =
                cron.syntax() == CronSyntax.UNIX ? "cron " : cron.syntax().text() + " ";
        return syntax + cron.expression() + " " + zone;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime behind = LocalDateTime.ofInstant(after, offset).truncatedTo(ChronoUnit.SECONDS);
        ZoneOffsetTransition change = rules.previousTransition(after.plusNanos(1));
        if (change != null && change.isOverlap()) {
            behind = max(behind, begin(change));
        }
        LocalDateTime found = null;
        change = rules.nextTransition(after);
        while (true) {
            if (found == null || !found.isAfter(behind) || change == null) {
                Optional<LocalDateTime> next = local.next(behind);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                found = next.get();
            }
            if (change == null || found.isBefore(change.getDateTimeBefore())) {
                return Optional.of(found.toInstant(offset));
            } else if (change.isGap() && found.isBefore(change.getDateTimeAfter())) {
                return Optional.of(change.getInstant());
            }
            offset = change.getOffsetAfter();
            behind = begin(change);
            if (change.isOverlap() && local.isAnyHour()) {
                found = null;
            }
            change = rules.nextTransition(change.getInstant());
        }
    }

    /** Returns the second before the first local time that occurs after a clock change. */
    private LocalDateTime begin(ZoneOffsetTransition change) {
        LocalDateTime first =
                change.isOverlap() && !local.isAnyHour() ? change.getDateTimeBefore() : change.getDateTimeAfter();
        return first.minusSeconds(1);
    }

    private static LocalDateTime max(LocalDateTime one, LocalDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public Instant begin(Instant now, @Nullable Instant start) {
        return start != null && start.isAfter(now) ? start.minusNanos(1_000) : now;
    }

    @Override
    public Instant leaveOut(Instant after, Instant until) {
        return IntervalTiming.max(after, until);
    }

    /** Searches backwards in growing steps, so that no expression takes long. */
    @Override
    public List<Instant> latest(Instant after, Instant until, int most) {
        for (Duration window : WINDOWS) {
            Instant from = until.minus(window);
            if (!from.isAfter(after)) {
                break;
            }
            List<Instant> found = first(from, until, Integer.MAX_VALUE);
            if (found.size() >= most) {
                return found.subList(found.size() - most, found.size());
            }
        }
        List<Instant> all = first(after, until, Integer.MAX_VALUE);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    @Override
    public long count(Instant after, Instant until, int most) {
        return first(after, until, most).size();
    }
}
