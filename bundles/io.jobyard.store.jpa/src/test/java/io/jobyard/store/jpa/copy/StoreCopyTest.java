// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.FullStoreFixture;
import io.jobyard.store.jpa.PostgresStore;
import io.jobyard.store.jpa.StoreCopyFixture;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From Derby to PostgreSQL, and back. */
@Timeout(300)
class StoreCopyTest {

    @TempDir
    private Path folder;

    private StoreCopyFixture copies;

    @BeforeEach
    void begin() {
        copies = new StoreCopyFixture(folder);
    }

    @Test
    void aHostFindsAllOnTheOtherDatabase() throws SQLException {
        FullStoreFixture full = FullStoreFixture.shared();
        String copied = copies.toPostgres(full.folder(), StoreCopyFixture.SILENT);
        assertThat(copied).startsWith(full.answers().jobs().size() + " jobs copied");
        try (PostgresStore host = copies.host()) {
            assertThat(full.answers().broken()).isEmpty();
            assertThat(full.ask(host)).isEqualTo(full.answers());
            assertThat(host.jobs().lostRuns(100))
                    .extracting(job -> job.id())
                    .containsExactlyInAnyOrderElementsOf(full.answers().jobs().values().stream()
                            .filter(job -> job.job().status() == JobStatus.RUNNING)
                            .map(job -> job.id())
                            .toList());
            assertThat(host.audit().lives()).hasSize(3);
        }
        try (PostgresStore again = copies.host()) {
            assertThat(full.ask(again)).isEqualTo(full.answers());
        }
    }

    @Test
    void allIsTheSameWhenItCameBack() throws SQLException {
        FullStoreFixture full = FullStoreFixture.shared();
        Map<String, List<List<String>>> before = StoreCopyFixture.rows(full.folder());
        assertThat(before)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        copies.toPostgres(full.folder(), StoreCopyFixture.SILENT);
        copies.toDerby(folder.resolve("b"), StoreCopyFixture.SILENT);
        assertThat(StoreCopyFixture.rows(full.folder()))
                .as("what was only read")
                .isEqualTo(before);
        assertThat(StoreCopyFixture.rows(folder.resolve("b"))).isEqualTo(before);
    }

    @Test
    void theWayBackGoesOnToo() throws SQLException {
        FullStoreFixture full = FullStoreFixture.shared();
        copies.toPostgres(full.folder(), StoreCopyFixture.SILENT);
        Path back = folder.resolve("b");
        assertThatThrownBy(() -> copies.toDerby(back, StoreCopyFixture.killAt("copying table job: 20 of")))
                .isInstanceOf(StoreCopyFixture.Killed.class);
        assertThatThrownBy(() -> new DerbyStore(back))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is an incomplete copy");
        copies.toDerby(back, StoreCopyFixture.SILENT);
        assertThat(StoreCopyFixture.rows(back)).isEqualTo(StoreCopyFixture.rows(full.folder()));
    }

    @ParameterizedTest
    @CsvSource({"incarnation, 1", "job, 10", "job, 30", "feed, 20"})
    void whatWasCutOffGoesOnAndIsNotForHosts(String table, int rows) throws SQLException {
        FullStoreFixture full = FullStoreFixture.shared();
        String last = "copying table " + table + ": " + rows + " of ";
        assertThatThrownBy(() -> copies.toPostgres(full.folder(), said -> {
                    if (said.startsWith(last) || said.startsWith("copying table lane") && table.equals("incarnation")) {
                        throw new StoreCopyFixture.Killed();
                    }
                }))
                .isInstanceOf(StoreCopyFixture.Killed.class);
        assertThatThrownBy(copies::host)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("incomplete copy of 'bin/jobyard move-store'");

        List<String> said = new ArrayList<>();
        copies.toPostgres(full.folder(), said::add);
        assertThat(said).noneMatch(line -> line.startsWith("copying table " + table + ": 0 of "));
        try (PostgresStore host = copies.host()) {
            assertThat(full.ask(host)).isEqualTo(full.answers());
        }
    }
}
