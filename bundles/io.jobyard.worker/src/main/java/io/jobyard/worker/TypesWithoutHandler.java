// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Since when types have no handler; those that never had one, since the host began. Safe for use by several threads. */
final class TypesWithoutHandler {

    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter ANOTHER_DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Instant begin;

    TypesWithoutHandler(Clock clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    void begin(String type) {
        since.put(type, clock.instant());
    }

    void end(String type) {
        since.remove(type);
    }

    /** Local time, with the day if that is another. */
    String since(String type) {
        ZonedDateTime local = since.getOrDefault(type, begin).atZone(ZoneId.systemDefault());
        boolean today = local.toLocalDate()
                .equals(clock.instant().atZone(local.getZone()).toLocalDate());
        return (today ? TODAY : ANOTHER_DAY).format(local);
    }
}
