// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.index.BlockTables;
import io.jobyard.store.jpa.index.IndexedJob;
import io.jobyard.store.jpa.index.IndexedRows;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Labels;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search asks goes by the keys and indexes of the search index, and never through a table. */
class SearchPlanTest {

    private static final int JOBS = 20_000;
    private static final int FEW = 200;
    private static final Pattern VISITED = Pattern.compile("[Rr]ows visited ?= ?(\\d+)");

    @TempDir
    private static Path folder;

    private static DerbyStore store;

    @BeforeAll
    static void fill() {
        try {
            store = new DerbyStore(folder).withIndex();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        for (int n = 0; n < JOBS; n += 1000) {
            List<AdmittedJob> jobs = new ArrayList<>();
            for (int k = 0; k < 1000; k++) {
                Draft draft = Draft.job().submitter("s" + k % 10).labels(Map.of("n", String.valueOf(n + k), "k", "x"));
                jobs.add(draft.admitted());
            }
            store.jobs().admit(jobs).join();
        }
        JobQuery youngest = JobQuery.of(JobFilter.ALL.withSubmitter("s1"), 1);
        JobPage page = store.reads().find(youngest, Set.of());
        while (page.asOf() != null) {
            page = store.reads().find(youngest, Set.of());
        }
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void theRangesOfBlocksAreReadFromTheirIndexAlone() throws SQLException {
        String plan =
                plan(session -> assertThat(ask(() -> tables().headers(session))).hasSizeGreaterThan(30));
        assertThat(plan).contains("Index Scan ResultSet for SEARCH_BLOCK using index SEARCH_BLOCK_RANGE");
        assertThat(plan).doesNotContain("Table Scan", "Index Row to Base Row", "Sort ResultSet");
    }

    @Test
    void theBlocksOfALabelAreReadFromTheirIndexAlone() throws SQLException {
        String plan = plan(session -> assertThat(ask(() -> tables().blocksWith(session, Labels.number("n", "7"))))
                .hasSize(1));
        assertThat(plan).contains("Index Scan ResultSet for SEARCH_LABEL using index SEARCH_LABEL_BLOCK");
        assertThat(plan).doesNotContain("Table Scan", "Index Row to Base Row");
    }

    @Test
    void blocksAreReadByTheirKeys() throws SQLException {
        List<Integer> some = List.of(1, 2, 3, 7, 9);
        isByKey(plan(
                session -> assertThat(ask(() -> tables().rows(session, some))).hasSize(5)));
        isByKey(plan(
                session -> assertThat(ask(() -> tables().ids(session, some))).hasSize(5)));
    }

    /** The label is in all forty blocks. */
    @Test
    void ofALabelTheBlocksThatAreAskedForAreReadAndNoOthers() throws SQLException {
        readsPlaces(List.of(3, 4, 6, 7), 5);
        readsPlaces(List.of(30), 1);
    }

    private static void readsPlaces(List<Integer> blocks, int rows) throws SQLException {
        String plan =
                plan(session -> assertThat(ask(() -> tables().positions(session, Labels.number("k", "x"), blocks)))
                        .containsOnlyKeys(blocks));
        assertThat(plan).contains("Index Scan ResultSet for SEARCH_LABEL using index SEARCH_LABEL_BLOCK");
        assertThat(plan).doesNotContain("Table Scan");
        assertThat(VISITED.matcher(plan).results().map(seen -> Integer.valueOf(seen.group(1))))
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen).isLessThanOrEqualTo(rows + 1)); // and the one where it ends
    }

    @Test
    void jobsAreReadByTheirKey() throws SQLException {
        List<JobId> ids = new ArrayList<>();
        jobsAreByKey(plan(session -> ids.addAll(youngest(session, 60))));
        IndexedRows rows = new IndexedRows(tables().byId());
        jobsAreByKey(plan(
                session -> assertThat(ask(() -> rows.read(session, ids))).containsOnlyKeys(ids)));
    }

    /** Two of a range for each that is wanted, and behind those each by its id. */
    @Test
    void jobsThatLieFarApartAreReadByTheirIds() throws SQLException {
        List<JobId> ids = new ArrayList<>();
        plan(session -> ids.addAll(youngest(session, 3_000)));
        List<JobId> some = IntStream.range(0, 60).mapToObj(n -> ids.get(n * 50)).toList();
        IndexedRows rows = new IndexedRows(tables().byId());
        jobsAreByKey(plan(
                session -> assertThat(ask(() -> rows.read(session, some))).containsOnlyKeys(some)));
    }

    private static List<JobId> youngest(Session session, int count) {
        String sql = IndexedJob.before(store.dialect().withIndex("job_id"));
        return ask(() -> session.list(sql, IndexedJob::read, Ids.GREATEST, count)).stream()
                .map(IndexedJob::id)
                .toList();
    }

    private static void jobsAreByKey(String plan) {
        assertThat(plan).contains("Index Scan ResultSet for JOB using index JOB_ID");
        assertThat(plan).doesNotContain("Sort ResultSet");
        isByKey(plan);
    }

    private static void isByKey(String plan) {
        assertThat(plan).contains("Index Scan ResultSet").doesNotContain("Table Scan");
        assertThat(VISITED.matcher(plan).results().map(seen -> Integer.valueOf(seen.group(1))))
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen).isLessThan(FEW));
    }

    private static BlockTables tables() {
        return new BlockTables(store.dialect());
    }

    private interface Asked<T> {
        T ask() throws SQLException;
    }

    private static <T> T ask(Asked<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String plan(Consumer<Session> question) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)");
            question.accept(new Session(connection));
            return plan(statement);
        }
    }

    private static String plan(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_GET_RUNTIMESTATISTICS()")) {
            row.next();
            return row.getString(1);
        }
    }
}
