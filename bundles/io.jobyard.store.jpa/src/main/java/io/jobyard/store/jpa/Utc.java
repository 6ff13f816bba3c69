// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Objects;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Keeps instants away from the zone of the machine, whose clocks leave hours out. For one thread at a time. */
final class Utc {

    private final Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));

    Calendar calendar() {
        return calendar;
    }

    @Nullable
    Instant read(ResultSet row, int column) throws SQLException {
        Timestamp value = row.getTimestamp(column, calendar);
        return value == null ? null : value.toInstant();
    }

    Instant present(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(read(row, column), "an instant is missing");
    }
}
