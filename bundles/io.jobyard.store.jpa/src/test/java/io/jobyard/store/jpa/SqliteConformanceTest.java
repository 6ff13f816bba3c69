// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.api.StoreFault;
import io.jobyard.store.sqlite.SqliteDialect;
import io.jobyard.testkit.store.StoreConformance;
import io.jobyard.testkit.store.StoreUnderTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteConformanceTest extends StoreConformance {

    private static final SqliteDialect DIALECT = new SqliteDialect();

    @TempDir
    private Path folder;

    private static final Set<String> PREPARED = ConcurrentHashMap.newKeySet();

    /** Tables that may have millions of rows, read without an index. */
    private static final Pattern LARGE =
            Pattern.compile("SCAN (job|feed|job_text|job_log|job_step|run_use|edge|audit)$");

    /** Counts all jobs, for a listener that begins. */
    private static final String TALLY = "SELECT status, priority, stands";

    private final List<String> refused = new CopyOnWriteArrayList<>();

    @Override
    protected StoreUnderTest open() throws Exception {
        return new SqliteStore(folder, this::carry).withIndex();
    }

    /** Threads of the store survive a statement that the database does not understand. */
    private Object carry(Call call) throws Throwable {
        if (call.name().equals("prepareStatement")) {
            PREPARED.add(call.sql());
        }
        try {
            return call.make();
        } catch (SQLException e) {
            if (DIALECT.fault(e) == StoreFault.OTHER && !DIALECT.isMissingName(e)) {
                refused.add(call + ": " + e.getMessage());
            }
            throw e;
        }
    }

    /** The planner has no statistics, as in a database that was never analyzed. */
    @AfterAll
    static void nothingLargeIsReadAsAWhole(@TempDir Path folder) throws SQLException {
        List<String> scans = new ArrayList<>();
        try (SqliteStore store = new SqliteStore(folder);
                Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : PREPARED) {
                try (ResultSet steps = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
                    while (steps.next()) {
                        if (!sql.startsWith(TALLY)
                                && LARGE.matcher(steps.getString("detail")).find()) {
                            scans.add(steps.getString("detail") + ": " + sql);
                        }
                    }
                }
            }
        }
        assertThat(scans).isEmpty();
    }

    @AfterEach
    void allStatementsAreUnderstood() {
        assertThat(refused).isEmpty();
    }
}
