// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Faults that last, each as long as its file is in the instance: {@code away}, and every call to the database fails;
 * {@code slow}, and every statement takes so many milliseconds; {@code clock}, and the clock of the host's
 * machine is so many seconds ahead.
 */
final class Weather {

    /** Refused by who should answer. */
    private static final String NO_CONNECTION = "08001";

    private final Path away;
    private final Path slow;
    private final Path clock;

    Weather(Path instance) {
        away = instance.resolve("away");
        slow = instance.resolve("slow");
        clock = instance.resolve("clock");
    }

    /** From now on the database is away. */
    void bringOutage() throws IOException {
        Files.createFile(away);
    }

    void ofCall() throws SQLException {
        if (Files.exists(away)) {
            throw new SQLException("connection refused, as a test wanted it", NO_CONNECTION);
        }
    }

    /** A connection does not live through an outage. */
    void ofCall(Connection connection) throws SQLException {
        if (Files.exists(away) && !connection.isClosed()) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.close();
        }
        ofCall();
    }

    void ofStatement() throws InterruptedException {
        long millis = number(slow);
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }

    /** The host's own clock, with a machine whose clock is ahead. It can still be told to go by another. */
    Clock shifted(Clock host) {
        try {
            Field system = host.getClass().getDeclaredField("system");
            system.setAccessible(true);
            system.set(host, ahead(Clock.systemUTC()));
            return host;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Clock ahead(Clock real) {
        return new Clock() {
            @Override
            public Instant instant() {
                return real.instant().plus(Duration.ofSeconds(number(clock)));
            }

            @Override
            public ZoneId getZone() {
                return real.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return ahead(real.withZone(zone));
            }
        };
    }

    private static long number(Path file) {
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        } catch (IOException e) {
            return 0; // it went in between
        }
    }
}
