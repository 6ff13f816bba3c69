// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleStep;
import io.jobyard.api.SampledCount;
import io.jobyard.spi.samples.SampleStore;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of samples in each database: its size, and the step of the schema that creates it. */
@Timeout(180)
class SampleTableTest {

    private static final long MOST_BYTES = 50_000_000;
    private static final int MINUTES = 25 * 60;
    private static final int HOURS = 90 * 24 + 1;
    private static final List<SampledCount> LARGE = large();

    @TempDir
    private Path folder;

    enum Database {
        DERBY("SELECT SUM((NUMALLOCATEDPAGES + NUMFREEPAGES) * PAGESIZE)"
                + " FROM TABLE (SYSCS_DIAG.SPACE_TABLE('JOB_SAMPLE')) AS pages"),
        SQLITE("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
        POSTGRES("SELECT pg_total_relation_size('job_sample')");

        private final String size;

        Database(String size) {
            this.size = size;
        }

        OpenedStore open(Path folder) throws SQLException {
            return switch (this) {
                case DERBY -> new DerbyStore(folder);
                case SQLITE -> new SqliteStore(folder);
                case POSTGRES -> new PostgresStore(folder);
            };
        }
    }

    /** More counts than a sample can list. */
    private static List<SampledCount> large() {
        List<SampledCount> counts = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            counts.add(new SampledCount("queue-of-team-" + n, "type" + n, 1_000 + n, 10, 5));
        }
        return counts;
    }

    private static void change(OpenedStore store, String sql) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void keep(OpenedStore store, SampleStep step, int first, int number) {
        SampleStore samples = store.samples();
        List<CompletableFuture<Void>> kept = new ArrayList<>();
        for (int n = first; n < first + number; n++) {
            kept.add(samples.keep(step, new JobSample(at(step, n), LARGE)));
        }
        CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).join();
    }

    private static Instant at(SampleStep step, int number) {
        return Draft.T0.plus(step.length().multipliedBy(number));
    }

    private static long size(OpenedStore store, Database database) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(database.size)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allSamplesTakeLessThanFiftyMegabytesAndTheSpaceOfRemovedOnesIsUsedAgain(Database database)
            throws SQLException {
        try (OpenedStore store = database.open(folder)) {
            keep(store, SampleStep.HOUR, 0, HOURS);
            keep(store, SampleStep.MINUTE, 0, MINUTES);
            long before = size(store, database);
            for (int hour = 0; hour < 24; hour++) {
                assertThat(store.samples()
                                .forget(SampleStep.MINUTE, at(SampleStep.MINUTE, (hour + 1) * 60), 100)
                                .join())
                        .isEqualTo(60);
                keep(store, SampleStep.MINUTE, MINUTES + hour * 60, 60);
            }

            assertThat(before).isLessThan(MOST_BYTES);
            assertThat(size(store, database)).isLessThan(MOST_BYTES);
            assertThat(store.samples()
                            .samples(SampleStep.MINUTE, at(SampleStep.MINUTE, 0), at(SampleStep.MINUTE, 9_999), 9_999))
                    .hasSize(MINUTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseOfTheFirstStepGetsTheTableAndKeepsItsJobs(Database database) throws SQLException {
        try (OpenedStore store = database.open(folder)) {
            AdmittedJob job = Draft.job().admitted();
            store.jobs().admit(List.of(job)).join();
            change(store, "DROP TABLE job_sample");
            change(store, "DELETE FROM schema_version WHERE step > 1");

            store.restart();

            JobSample sample = new JobSample(Draft.T0, List.of(new SampledCount("default", "echo", 1, 0, 0)));
            store.samples().keep(SampleStep.MINUTE, sample).join();
            assertThat(store.samples().samples(SampleStep.MINUTE, Draft.T0, Draft.T0.plusSeconds(1), 9))
                    .containsExactly(sample);
            assertThat(store.reads().job(job.stored().id())).isPresent();
        }
    }
}
