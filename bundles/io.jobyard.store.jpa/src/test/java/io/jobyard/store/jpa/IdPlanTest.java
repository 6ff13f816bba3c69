// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.rows.EdgeAndKeyTables;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose ids or keys are known are read by an index, however many they are. */
class IdPlanTest {

    private static final int JOBS = 5_000;
    private static final Pattern VISITED = Pattern.compile("Number of rows visited=(\\d+)");

    @TempDir
    private static Path folder;

    private static final List<JobId> IDS = new ArrayList<>();
    private static DerbyStore store;

    @BeforeAll
    static void fill() throws SQLException {
        store = new DerbyStore(folder);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int n = 0; n < JOBS; n += 1_000) {
            List<AdmittedJob> jobs = new ArrayList<>();
            for (int k = 0; k < 1_000; k++) {
                jobs.add(Draft.job().key("key-" + (n + k)).admitted());
            }
            jobs.forEach(job -> IDS.add(job.stored().id()));
            all.add(store.jobs().admit(jobs));
        }
        all.forEach(CompletableFuture::join);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 65, 256, 1_000})
    void noIdHasTheTableScanned(int count) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            Session session = new Session(connection);
            statement.execute("CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)");
            assertThat(session.in(
                            "SELECT id, version, trail FROM job WHERE id IN (?)", IDS.subList(0, count), Ids::first))
                    .hasSizeGreaterThanOrEqualTo(count);
            assertThat(plan(statement)).contains("Index Scan ResultSet for JOB").doesNotContain("Table Scan");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 65, 1_000})
    void noKeyHasTheTableScanned(int count) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            Session session = new Session(connection);
            statement.execute("CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)");
            List<String> keys =
                    IntStream.range(0, count).mapToObj(n -> "key-" + n).toList();
            assertThat(EdgeAndKeyTables.keyHolders(session, "ada", keys)).hasSize(count);
            String plan = plan(statement);
            assertThat(plan).contains("Index Scan ResultSet for LIVE_KEY").doesNotContain("Table Scan");
            assertThat(VISITED.matcher(plan).results().map(seen -> Integer.valueOf(seen.group(1))))
                    .isNotEmpty()
                    .allSatisfy(seen -> assertThat(seen).isLessThanOrEqualTo(2 * 64));
        }
    }

    private static String plan(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_GET_RUNTIMESTATISTICS()")) {
            row.next();
            return row.getString(1);
        }
    }
}
