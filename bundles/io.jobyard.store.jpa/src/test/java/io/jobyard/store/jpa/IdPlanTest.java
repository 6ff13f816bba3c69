// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.scheduling.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose ids are known are read by the key, however many they are. */
class IdPlanTest {

    private static final int JOBS = 5_000;

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
                jobs.add(Draft.job().admitted());
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
            try (ResultSet row = statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_GET_RUNTIMESTATISTICS()")) {
                row.next();
                assertThat(row.getString(1))
                        .contains("Index Scan ResultSet for JOB")
                        .doesNotContain("Table Scan");
            }
        }
    }
}
