// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a PostgreSQL over which nothing comes back, and statements for which nothing comes back for long. */
@Timeout(180)
class PostgresSilenceTest {

    private static final String WAITING = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            + " AND clock_timestamp() - query_start > INTERVAL '1.5 seconds'";

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final HostCandidate claimant = new HostCandidate("here:1", "", Duration.ofSeconds(30));

    @Test
    void theCommitterGoesOnAfterTheTimeThatTheUrlNames() throws Exception {
        String url = server.newSchema();
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        try (SilentLine line = new SilentLine(port);
                PostgresStore store = new PostgresStore(
                        folder, server, url.replace(":" + port, ":" + line.port()) + "&socketTimeout=1", claimant)) {
            AdmittedJob job = Draft.job().admitted();
            store.jobs().admit(List.of(job)).join();
            Move start = Moves.start(job.stored(), store.jobs());
            line.fallSilent();
            assertThat(store.jobs().move(start, null))
                    .succeedsWithin(90, TimeUnit.SECONDS)
                    .isEqualTo(true);
            assertThat(store.jobs().admit(List.of(Draft.job().admitted()))).succeedsWithin(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void maintenanceWaitsLongerThanThat() throws Exception {
        String url = server.newSchema();
        try (PostgresStore store = new PostgresStore(folder, server, url + "&socketTimeout=1", claimant);
                Connection other = store.pool().getConnection();
                Statement lock = other.createStatement();
                Connection watching = server.connect(url)) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE job_stream IN ACCESS EXCLUSIVE MODE"); // which nobody else asks for here
            CompletableFuture<Void> check =
                    CompletableFuture.runAsync(() -> store.maintenance().check());
            await().atMost(Duration.ofSeconds(60)).until(() -> waiting(watching) > 0 || check.isDone());
            other.commit();
            assertThat(check).succeedsWithin(60, TimeUnit.SECONDS);
        }
    }

    /** Each time in a transaction of its own: within one, what sessions do stays as it was at the first look. */
    private static int waiting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            row.next();
            return row.getInt(1);
        }
    }
}
