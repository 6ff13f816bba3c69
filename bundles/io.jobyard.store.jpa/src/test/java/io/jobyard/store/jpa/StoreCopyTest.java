// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From Derby to PostgreSQL, and back. */
@Timeout(300)
class StoreCopyTest {

    private static final Consumer<String> SILENT = said -> {};
    private static final int SLICE = 10;

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();
    private final Claimant claimant = new Claimant("here", "", Duration.ofSeconds(30));

    private StoreSettings postgres() {
        return new StoreSettings(url, PostgresServer.USER, server.password(), StoreSettings.POOL_SIZE, 30);
    }

    private static StoreSettings embedded() {
        return new StoreSettings("", "", "", StoreSettings.POOL_SIZE, 30);
    }

    private String toPostgres(Path data, Consumer<String> doing) {
        try (EmbeddedDerby derby = new EmbeddedDerby(folder);
                CopiedStore from = CopiedStore.source(embedded(), derby.dialect(), data, doing);
                CopiedStore to = CopiedStore.target(postgres(), new PostgresDialect(), data, doing)) {
            return new StoreCopy(from, to, "", doing, SLICE).run();
        }
    }

    private String toDerby(Path data, String place) {
        try (EmbeddedDerby derby = new EmbeddedDerby(folder);
                CopiedStore from = CopiedStore.source(postgres(), new PostgresDialect(), data, SILENT);
                CopiedStore to = CopiedStore.target(embedded(), derby.dialect(), data, SILENT)) {
            return new StoreCopy(from, to, place, SILENT, SLICE).run();
        }
    }

    private PostgresStore host() throws SQLException {
        return new PostgresStore(folder, server, url, claimant);
    }

    private static Map<String, List<List<String>>> rows(Path data) throws SQLException {
        try (EmbeddedDerby derby = new EmbeddedDerby(data);
                CopiedStore store = CopiedStore.source(embedded(), derby.dialect(), data, SILENT)) {
            return store.ask(session -> {
                Map<String, List<List<String>>> rows = new LinkedHashMap<>();
                for (String table :
                        Stream.concat(Stream.of("ready"), CopiedTable.names()).toList()) {
                    rows.put(table, LayoutRows.rows(session.connection(), "SELECT * FROM " + table));
                }
                return rows;
            });
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void aHostFindsAllOnTheOtherDatabase() throws SQLException {
        FullStoreFixture full = FullStoreFixture.make(folder.resolve("a"), 40);
        String copied = toPostgres(folder.resolve("a"), SILENT);
        assertThat(copied).startsWith(full.answers().jobs().size() + " jobs are copied");
        try (PostgresStore host = host()) {
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
        try (PostgresStore again = host()) {
            assertThat(full.ask(again)).isEqualTo(full.answers());
        }
    }

    @Test
    void allIsTheSameWhenItCameBack() throws SQLException {
        FullStoreFixture.make(folder.resolve("a"), 40);
        Map<String, List<List<String>>> before = rows(folder.resolve("a"));
        assertThat(before)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        toPostgres(folder.resolve("a"), SILENT);
        toDerby(folder.resolve("b"), "");
        assertThat(rows(folder.resolve("a"))).as("what was only read").isEqualTo(before);
        assertThat(rows(folder.resolve("b"))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"incarnation, 1", "job, 10", "job, 30", "feed, 20"})
    void whatWasCutOffGoesOnAndIsNotForHosts(String table, int rows) throws SQLException {
        FullStoreFixture full = FullStoreFixture.make(folder.resolve("a"), 40);
        String last = "copying table " + table + ": " + rows + " of ";
        assertThatThrownBy(() -> toPostgres(folder.resolve("a"), said -> {
                    if (said.startsWith(last) || said.startsWith("copying table lane") && table.equals("incarnation")) {
                        throw new Killed();
                    }
                }))
                .isInstanceOf(Killed.class);
        assertThatThrownBy(this::host)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a copy that 'bin/jobyard move-store' has not finished");

        List<String> said = new ArrayList<>();
        toPostgres(folder.resolve("a"), said::add);
        assertThat(said).noneMatch(line -> line.startsWith("copying table " + table + ": 0 of "));
        try (PostgresStore host = host()) {
            assertThat(full.ask(host)).isEqualTo(full.answers());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE job SET priority = 9 WHERE id = (SELECT id FROM job ORDER BY id LIMIT 1) | row (id = 0.*) of table job has another priority",
                "UPDATE job SET lane = lane + 1 WHERE id = (SELECT id FROM job WHERE lane IS NOT NULL LIMIT 1) | table job has another lane",
                "UPDATE job_text SET content = upper(content) WHERE kind = 'P' | row (job_id = 0.*, kind = P) of table job_text has another content",
                "UPDATE limit_level SET full_at = full_at + 1 WHERE unit = 'Zoll' | row (name = limit openai, unit = Zoll) of table limit_level has another full_at",
                "UPDATE live_key SET job_key = 'Y' WHERE job_key = 'Z' | of table live_key has another job_key",
                "UPDATE feed SET number = number + 1000 WHERE number = (SELECT MAX(number) FROM feed WHERE incarnation = 1) AND incarnation = 1 | of table feed is missing",
                "UPDATE audit SET number = 0 WHERE number = 1 | number = 0) of table audit is nowhere in the store that it was copied from",
                "INSERT INTO handler_type (type, first_served_at) VALUES ('zzz', 0) | table handler_type has 4 rows instead of 3",
            })
    void whatIsNotAsItWasIsNamed(String damage, String told) throws SQLException {
        FullStoreFixture.make(folder.resolve("a"), 5);
        assertThatThrownBy(() -> toPostgres(folder.resolve("a"), said -> {
                    if (said.startsWith("comparing")) {
                        throw new Killed();
                    }
                }))
                .isInstanceOf(Killed.class);
        change(damage);
        assertThatThrownBy(() -> toPostgres(folder.resolve("a"), SILENT))
                .isInstanceOf(StoreException.class)
                .hasMessageMatching("jdbc:postgresql:.* is not what was copied there: .*"
                        + told.replace("(", "\\(").replace(")", "\\)") + "; begin anew with an empty database");
        assertThatThrownBy(this::host).hasMessageContaining("has not finished");
    }
}
