// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.store.api.StoreFault;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerbyDialectTest {

    private final DerbyDialect dialect = new DerbyDialect(new DerbyEngine(Path.of("target")));

    @Test
    void servesTheEmbeddedDatabaseOnly() {
        assertThat(dialect.serves("jdbc:derby:/srv/db;create=true")).isTrue();
        assertThat(dialect.serves("jdbc:derby://localhost:1527/db")).isFalse();
        assertThat(dialect.serves("jdbc:postgresql:jobs")).isFalse();
    }

    @Test
    void tellsFaultsApart() {
        assertThat(dialect.fault(new SQLException("", "23505"))).isEqualTo(StoreFault.DUPLICATE);
        assertThat(dialect.fault(new SQLException("", "40001"))).isEqualTo(StoreFault.CONFLICT);
        assertThat(dialect.fault(new SQLException("", "08003"))).isEqualTo(StoreFault.LOST);
        assertThat(dialect.fault(new SQLException("", "42X01"))).isEqualTo(StoreFault.OTHER);
    }

    @Test
    void findsTheTrueCauseBehindABatch() {
        BatchUpdateException batch = new BatchUpdateException("", "XJ208", new int[0]);
        batch.setNextException(new SQLException("", "23505"));
        assertThat(dialect.fault(batch)).isEqualTo(StoreFault.DUPLICATE);
    }

    @Test
    void aFullLogIsMoreThanALostConnection() {
        SQLException error = new SQLException("", "08006");
        error.setNextException(new SQLException("", "XSLA4"));
        assertThat(dialect.fault(error)).isEqualTo(StoreFault.FULL);
    }

    @Test
    void theUnsafeAuthenticatorIsRefused(@TempDir Path logs) {
        System.setProperty("derby.authentication.provider", "LDAP");
        try {
            assertThatThrownBy(() -> new DerbyEngine(logs)).hasMessageContaining("remove the property");
        } finally {
            System.clearProperty("derby.authentication.provider");
        }
    }

    @Test
    void theFolderOfADatabaseIsWhereItsUrlLeads() {
        assertThat(dialect.folder("jdbc:derby:/jobs/db;create=true")).contains(Path.of("/jobs/db"));
        assertThat(dialect.folder("jdbc:derby:directory:/jobs/db")).contains(Path.of("/jobs/db"));
        assertThat(dialect.folder("jdbc:derby:db")).contains(Path.of("db").toAbsolutePath());
        for (String other :
                List.of("jdbc:derby:memory:db", "jdbc:derby://localhost:1527/db", "jdbc:postgresql:db", "")) {
            assertThat(dialect.folder(other)).as(other).isEmpty();
        }
    }
}
