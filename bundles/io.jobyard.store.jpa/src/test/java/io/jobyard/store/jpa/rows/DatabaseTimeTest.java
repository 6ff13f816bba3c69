// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseTimeTest {

    private static final String CLOCK = new PostgresDialect().sharedClock().orElseThrow();
    private static final double SLOW_SECONDS = 1;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();
    private final List<Duration> wrongBy = new ArrayList<>();

    @Test
    void aSlowAnswerIsPassedOverForAQuickOne() throws SQLException {
        tell(1, Duration.ofSeconds(10));

        assertThat(wrongBy)
                .singleElement()
                .satisfies(wrong -> assertThat(wrong).isLessThan(Duration.ofMillis((long) (SLOW_SECONDS * 1_000 / 4))));
    }

    @Test
    void nothingIsToldIfAllAreSlow() throws SQLException {
        tell(Integer.MAX_VALUE, Duration.ofMillis(50));

        assertThat(wrongBy).isEmpty();
    }

    /** The first answers are slow. */
    private void tell(int slow, Duration within) throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SEQUENCE asked");
            String pause = "pg_sleep(CASE WHEN nextval('asked') <= " + slow + " THEN " + SLOW_SECONDS + " ELSE 0 END)";
            new DatabaseTime(CLOCK + " FROM (SELECT " + pause + " OFFSET 0) AS paused")
                    .tell(new Session(connection), this::told, within);
        }
    }

    /** The clock of the tests' database is that of this machine. */
    private void told(Instant at, long nanos) {
        Instant then = Instant.now().minusNanos(System.nanoTime() - nanos);
        wrongBy.add(Duration.between(at, then).abs());
    }
}
