// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.api.StoreFault;
import io.jobyard.store.sqlite.SqliteDialect;
import io.jobyard.testkit.store.StoreConformance;
import io.jobyard.testkit.store.StoreUnderTest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteConformanceTest extends StoreConformance {

    private static final SqliteDialect DIALECT = new SqliteDialect();

    @TempDir
    private Path folder;

    private final List<String> refused = new CopyOnWriteArrayList<>();

    @Override
    protected StoreUnderTest open() throws Exception {
        return new SqliteStore(folder, this::carry).withIndex();
    }

    /** Threads of the store survive a statement that the database does not understand. */
    private Object carry(Call call) throws Throwable {
        try {
            return call.make();
        } catch (SQLException e) {
            if (DIALECT.fault(e) == StoreFault.OTHER && !DIALECT.isMissingName(e)) {
                refused.add(call + ": " + e.getMessage());
            }
            throw e;
        }
    }

    @AfterEach
    void allStatementsAreUnderstood() {
        assertThat(refused).isEmpty();
    }
}
