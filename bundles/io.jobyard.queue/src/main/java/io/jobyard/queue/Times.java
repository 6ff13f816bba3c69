// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Times as people read them: local, and with the day if that is another. */
final class Times {

    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter ANOTHER_DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private Times() {}

    static String text(Instant instant, Instant now) {
        ZonedDateTime local = instant.atZone(ZoneId.systemDefault());
        boolean today =
                local.toLocalDate().equals(now.atZone(ZoneId.systemDefault()).toLocalDate());
        return (today ? TODAY : ANOTHER_DAY).format(local);
    }
}
