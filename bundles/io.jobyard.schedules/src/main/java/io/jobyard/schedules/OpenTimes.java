// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Times at which all calendars of a schedule are open, in its zone. A missing calendar is closed. Immutable. */
final class OpenTimes {

    private static final int MINUTES = 24 * 60;

    private final ZoneId zone;
    private final List<String> names;
    private final Map<String, CalendarRules> known;
    /** Times of day at which a calendar may open or close. */
    private final TreeSet<LocalTime> changes;

    /**
     * @param names calendars of the schedule
     * @param known calendars by name
     */
    OpenTimes(ZoneId zone, List<String> names, Map<String, CalendarRules> known) {
        this.zone = zone;
        this.names = names;
        this.known = known;
        changes = names.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .flatMap(CalendarRules::entries)
                .flatMap(entry -> Stream.of(entry.from(), entry.to()))
                .map(minute -> LocalTime.ofSecondOfDay(minute % MINUTES * 60L))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns why a time is closed; null if it is open. */
    @Nullable
    String closed(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        for (String name : names) {
            CalendarRules rules = known.get(name);
            if (rules == null) {
                return "calendar " + name + " not found";
            } else if (!rules.isOpen(local)) {
                return "closed by calendar " + name;
            }
        }
        return null;
    }

    /** Returns the first open instant at or after another one; empty if none is before the limit. */
    Optional<Instant> opening(Instant from, Instant limit) {
        Instant at = from;
        while (at.isBefore(limit)) {
            if (closed(at) == null) {
                return Optional.of(at);
            }
            at = nextChange(at);
        }
        return Optional.empty();
    }

    /** Returns the next instant at which a calendar may open or close: at a time of day, at midnight, or at a clock change. */
    private Instant nextChange(Instant at) {
        ZoneOffset offset = zone.getRules().getOffset(at);
        LocalDateTime local = LocalDateTime.ofInstant(at, offset);
        LocalTime time = changes.higher(local.toLocalTime());
        Instant next = (time == null
                        ? local.toLocalDate().plusDays(1).atStartOfDay()
                        : local.toLocalDate().atTime(time))
                .toInstant(offset);
        ZoneOffsetTransition change = zone.getRules().nextTransition(at);
        return change != null && change.getInstant().isBefore(next) ? change.getInstant() : next;
    }

    @Override
    public String toString() {
        return "calendars " + String.join(",", names);
    }
}
