// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.rows.LaneQueries;
import io.jobyard.store.jpa.rows.LaneTable;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pick reads nothing but its index, and no more than twice what it returns, whatever else the store holds. */
class ReadyPlanTest {

    private static final int OTHERS = 20_000;
    private static final Pattern VISITED =
            Pattern.compile("(?:Index Scan.*?Rows seen =|rows visited=) ?(\\d+)", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private static DerbyStore store;

    @BeforeAll
    static void fill() throws SQLException {
        store = new DerbyStore(folder);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int n = 0; n < OTHERS; n += 200) {
            List<AdmittedJob> jobs = new ArrayList<>();
            for (int k = 0; k < 200; k++) {
                Draft draft = Draft.job().readyAt(Draft.T0.plusNanos((n + k) * 1000L));
                jobs.add((k % 2 == 0 ? draft.submitter("s" + k % 10) : draft.dueAt(Draft.T0)).admitted());
            }
            jobs.add(Draft.job().readyAt(Draft.T0.plusNanos(n * 1000L)).admitted());
            all.add(store.jobs().admit(jobs));
        }
        all.forEach(CompletableFuture::join);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void theHeadOfALaneIsReadFromTheIndexAlone() throws SQLException {
        readsTheIndexAlone(Draft.job().lane(), null, 10);
    }

    /** Thousands that came with one admission share an instant. */
    @Test
    void theMiddleOfAnInstantIsReadFromTheIndexAlone() throws SQLException {
        List<AdmittedJob> jobs = new ArrayList<>();
        for (int n = 0; n < 3000; n++) {
            jobs.add(Draft.job().submitter("bulk").admitted());
        }
        store.jobs().admit(jobs).join();
        LaneKey lane = Draft.job().submitter("bulk").lane();
        readsTheIndexAlone(lane, store.reads().ready(lane, null, 2000).get(1999), 10);
    }

    @Test
    void aLaneIsReadOnFromTheIndexAlone() throws SQLException {
        List<ReadyJob> positions = store.reads().ready(Draft.job().lane(), null, 50);
        readsTheIndexAlone(Draft.job().lane(), positions.get(49), 10);
    }

    @Test
    void severalLanesAreReadFromTheIndexAlone() throws SQLException {
        List<AdmittedJob> jobs = new ArrayList<>();
        Map<LaneKey, ReadyJob> after = new HashMap<>();
        for (int n = 0; n < 300; n++) {
            Draft draft = Draft.job().submitter("few" + n % 100);
            after.put(draft.lane(), new ReadyJob(Draft.T0.minusSeconds(1), Draft.id()));
            jobs.add(draft.admitted());
        }
        store.jobs().admit(jobs).join();
        LaneQueries queries = new LaneQueries(store.dialect(), new LaneTable(false));
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            Session session = new Session(connection);
            statement.execute("CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)");
            assertThat(queries.ready(session, after))
                    .hasSize(100)
                    .allSatisfy((lane, positions) -> assertThat(positions).hasSize(3));
            requireIndexAlone(plan(statement), jobs.size()); // of both lists that were asked for
        }
    }

    private static void requireIndexAlone(String plan, int most) {
        assertThat(plan).contains("Index Scan ResultSet for READY using index READY_POSITION");
        assertThat(plan).doesNotContain("Table Scan", "Index Row to Base Row", "Sort ResultSet");
        assertThat(VISITED.matcher(plan).results().map(seen -> Integer.valueOf(seen.group(1))))
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen).isLessThanOrEqualTo(most));
    }

    private void readsTheIndexAlone(LaneKey lane, @Nullable ReadyJob after, int limit) throws SQLException {
        LaneQueries queries = new LaneQueries(store.dialect(), new LaneTable(false));
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            Session session = new Session(connection);
            statement.execute("CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)");
            assertThat(queries.ready(session, lane, after, limit)).hasSize(limit);
            requireIndexAlone(plan(statement), 2 * limit);
        }
    }

    private static String plan(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_GET_RUNTIMESTATISTICS()")) {
            row.next();
            return row.getString(1);
        }
    }
}
