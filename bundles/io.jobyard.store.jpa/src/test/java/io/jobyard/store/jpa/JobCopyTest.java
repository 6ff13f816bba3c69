// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.NthCall.Kind;
import io.jobyard.store.jpa.NthCall.Mode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobCopyTest {

    private static final int BEFORE = 5;
    private static final Consumer<String> SILENT = said -> {};

    @TempDir
    private Path folder;

    @Test
    void everyRowIsThereAsItWas() throws Exception {
        try (OldStoreFixture store = new OldStoreFixture(folder, Wire.SOUND)) {
            store.copy();
            try (Connection connection = store.wired()) {
                LayoutRows before = LayoutRows.old(connection);
                assertThat(before.byTable())
                        .allSatisfy((table, rows) -> assertThat(rows)
                                .as(table)
                                .satisfies(found ->
                                        assertThat(found.isEmpty()).isEqualTo(table.equals("release_marker"))));

                store.migrate(connection, Schema.CURRENT, SILENT);

                isAsItWas(connection, before);
            }
        }
    }

    private static void isAsItWas(Connection connection, LayoutRows before) throws SQLException {
        LayoutRows after = LayoutRows.current(connection);
        before.byTable()
                .forEach((table, rows) ->
                        assertThat(after.byTable().get(table)).as(table).isEqualTo(rows));
        assertThat(LayoutRows.rows(connection, "SELECT trail, seal FROM job WHERE trail <> '' OR seal IS NOT NULL"))
                .isEmpty();
        String pages = "SELECT DISTINCT pagesize FROM TABLE (SYSCS_DIAG.SPACE_TABLE('JOB')) t";
        assertThat(LayoutRows.rows(connection, pages)).containsExactly(List.of("4096"));
        assertThat(LayoutRows.rows(connection, "VALUES SYSCS_UTIL.SYSCS_CHECK_TABLE('APP', 'JOB')"))
                .containsExactly(List.of("1"));
        assertThat(LayoutRows.rows(
                        connection, "VALUES SYSCS_UTIL.SYSCS_GET_DATABASE_PROPERTY('derby.storage.pageSize')"))
                .as("pages of later tables")
                .containsExactly(Collections.singletonList(null));
        String left =
                "SELECT tablename FROM sys.systables WHERE tablename IN ('JOB_COPY', 'JOB_COPIED', 'HOST_NUMBER')";
        assertThat(LayoutRows.rows(connection, left)).isEmpty();
        connection.rollback();
    }

    @Test
    void aCopyThatWasCutOffGoesOnAndIsNotForOlderPrograms() throws Exception {
        try (OldStoreFixture store = new OldStoreFixture(folder, Wire.SOUND)) {
            store.copy();
            Connection killed = store.wired();
            int jobs = LayoutRows.rows(killed, "SELECT id FROM job").size();
            killed.rollback();
            assertThatThrownBy(() -> store.migrate(killed, Schema.CURRENT, said -> {
                        if (said.endsWith(": 100 of " + jobs)) {
                            throw new IllegalStateException("killed");
                        }
                    }))
                    .hasMessage("killed");
            killed.rollback();
            killed.close();

            try (Connection connection = store.wired()) {
                assertThatThrownBy(() -> store.migrate(connection, BEFORE, SILENT))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("written by a newer version");
                connection.rollback();
                List<String> said = new ArrayList<>();
                store.migrate(connection, Schema.CURRENT, said::add);
                assertThat(said)
                        .containsSubsequence(
                                "copying the jobs into the new layout: 100 of " + jobs,
                                "copying the jobs into the new layout: 150 of " + jobs,
                                "ordering the jobs in the new layout")
                        .doesNotContain("copying the jobs into the new layout: 0 of " + jobs);
            }
        }
    }

    /** One call in so many, another one each time; {@code -Djobyard.nth.step=1} tries all. */
    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"FAILS", "MADE"})
    void whateverCallFailsTheNextStartFinishesIt(Mode mode) throws Exception {
        int step = Integer.getInteger("jobyard.nth.step", 20);
        int nth = 1 + new Random().nextInt(step);
        NthCall wire = new NthCall(mode, Kind.LOST);
        try (OldStoreFixture store = new OldStoreFixture(folder, wire)) {
            LayoutRows before = null;
            String failed = "";
            for (; failed != null; nth += step) {
                store.copy();
                Connection first = store.wired();
                before = before == null ? LayoutRows.old(first) : before;
                first.rollback();
                wire.arm(nth, store::breakAll);
                try (first) {
                    store.migrate(first, Schema.CURRENT, SILENT);
                } catch (SQLException e) {
                    assertThat(e.getMessage()).as("call %d", nth).contains("on purpose");
                }
                failed = wire.failed();
                wire.disarm();
                try (Connection connection = store.wired()) {
                    store.migrate(connection, Schema.CURRENT, SILENT);
                    isAsItWas(connection, before);
                }
            }
        }
    }
}
