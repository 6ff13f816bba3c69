// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.store.derby.EmbeddedDerby;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.jdbc.DataSourceFactory;

/** What the very first schema held, whose hosts had no numbers. */
class FirstSchemaTest {

    @TempDir
    private Path folder;

    @Test
    void hostsWithoutNumbersGetThemInTheirOrderBelowTheOthers() throws Exception {
        try (EmbeddedDerby derby = new EmbeddedDerby(folder)) {
            Properties properties = new Properties();
            properties.setProperty(DataSourceFactory.JDBC_URL, "jdbc:derby:" + folder.resolve("db") + ";create=true");
            DataSource source = derby.sources().createDataSource(properties);
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                new Schema(connection, derby.dialect(), step -> {}).migrate(1);
                incarnation(statement, 3, "here:1", 300);
                incarnation(statement, 1, "here:1", 100);
                incarnation(statement, 2, "there:2", 200);
                job(statement, 1, "'completed'", "'here:1'", null, null);
                job(statement, 2, "'running'", "'here:1'", id(1), 0);
                job(statement, 3, "'queued'", "'there:2'", null, 7);
                job(statement, 4, "'queued'", null, null, 7);
                job(statement, 5, "'completed'", "'gone:3'", null, null);

                new Schema(connection, derby.dialect(), step -> {}).migrate();

                assertThat(LayoutRows.rows(connection, "SELECT number, started_at FROM incarnation"))
                        .containsExactlyInAnyOrder(List.of("-3", "100"), List.of("-2", "200"), List.of("-1", "300"));
                assertThat(LayoutRows.rows(connection, "SELECT status, host FROM job WHERE host IS NOT NULL"))
                        .containsExactlyInAnyOrder(
                                List.of("completed", "-1"), List.of("running", "-3"), List.of("queued", "-2"));
                assertThat(LayoutRows.rows(connection, "SELECT id FROM job WHERE host IS NULL"))
                        .hasSize(2);
                assertThat(LayoutRows.rows(connection, "SELECT lane, ready_at FROM ready"))
                        .containsExactly(List.of("7", "4"), List.of("7", "5"));
                assertThat(LayoutRows.rows(connection, "SELECT incarnation, ids FROM running"))
                        .containsExactly(List.of("-3", "0".repeat(31) + "2"));
            }
            assertThat(Incarnation.all(new Session(source.getConnection())))
                    .extracting(life -> life.getLeastSignificantBits())
                    .isEqualTo(Arrays.asList(1L, 2L, 3L));
            Claimant claimant = new Claimant("here:4", "", Duration.ofSeconds(30));
            AuditSeal seal = new AuditSeal(new byte[32]);
            assertThat(Incarnation.begin(source, Clock.systemUTC(), claimant, seal, Optional.empty())
                            .number())
                    .isOne();
        }
    }

    private static String id(int n) {
        return "X'%032x'".formatted(n);
    }

    private static void incarnation(Statement statement, int n, String host, int startedAt) throws SQLException {
        statement.execute("INSERT INTO incarnation (id, host, started_at, lease_until) VALUES (" + id(n) + ", '" + host
                + "', " + startedAt + ", 0)");
    }

    private static void job(Statement statement, int n, String status, String host, String incarnation, Integer lane)
            throws SQLException {
        statement.execute("INSERT INTO job (id, submitter, created_at, type, priority, timeout_millis, max_retries,"
                + " if_dependency_fails, status, run, attempt, changed_at, host, version, pending, losses, incarnation,"
                + " lane, ready_at) VALUES (" + id(n) + ", 'ada', 0, 'echo', 5, 1000, 3, 'fail', " + status
                + ", 0, 0, 0, "
                + host + ", 1, 0, 0, CAST(" + incarnation + " AS CHAR(16) FOR BIT DATA), CAST(" + lane + " AS INT), "
                + (n + 1) + ")");
    }
}
