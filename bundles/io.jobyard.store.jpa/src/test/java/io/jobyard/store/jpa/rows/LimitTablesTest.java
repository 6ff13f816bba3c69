// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.sql.Utc;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitTablesTest {

    private static final LimitKey TOKENS = new LimitKey(LimitKind.LIMIT, "api v1", "tokens");

    @TempDir
    private Path folder;

    private DerbyStore store;

    @BeforeEach
    void open() throws SQLException {
        store = new DerbyStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void insert(String name, String unit, long fullAt, double number) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO limit_level (name, unit, full_at, per_second) VALUES ('" + name + "', '"
                    + unit + "', " + fullAt + ", " + number + ")");
        }
    }

    @Test
    void whatEarlierVersionsWroteIsReadAsItWasMeant() throws SQLException {
        insert("limit api v1", "tokens", Utc.micros(Draft.T0), 2.5);
        insert("+limit api v1", "tokens", 0, 30);
        assertThat(store.limits().uses()).containsExactly(new LimitUse(TOKENS, Draft.T0, 2.5, 30));
    }

    @Test
    void aKindThatOnlyAnotherVersionKnowsKeepsNoHostFromItsStartAndStays() throws SQLException {
        insert("tenant acme", "tokens", Utc.micros(Draft.T0), 1);
        insert("+tenant acme", "tokens", 0, 1);
        insert("limit api v1", "tokens", Utc.micros(Draft.T0), 2.5);
        assertThat(store.limits().uses()).containsExactly(new LimitUse(TOKENS, Draft.T0, 2.5, 0));

        LimitUse later = new LimitUse(TOKENS, Draft.T0.plusSeconds(1), 2.5, 0);
        store.limits().remember(List.of(later)).join();
        assertThat(store.limits().uses()).containsExactly(later);
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM limit_level WHERE name LIKE '%tenant acme'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }
}
