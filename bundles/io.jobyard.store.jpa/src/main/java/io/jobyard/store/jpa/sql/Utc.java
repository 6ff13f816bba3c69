// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Converts instants to whole microseconds since 1970 UTC. A TIMESTAMP would not be exact: Derby converts it through the time zone of the
 * machine, whatever calendar is given, and shifts instants in an hour that the zone's clocks skip.
 */
public final class Utc {

    private static final long MICROS = 1_000_000;

    private Utc() {}

    public static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    public static @Nullable Instant read(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }

    public static Instant present(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(read(row, column), "an instant is missing");
    }
}
