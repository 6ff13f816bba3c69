// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.StoreConformance;
import io.jobyard.testkit.store.StoreUnderTest;
import io.jobyard.testkit.store.SubmissionConformance;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

class PostgresConformanceTest extends StoreConformance implements SubmissionConformance {

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = EmptySchema.url();

    @Override
    protected StoreUnderTest open() throws Exception {
        return new PostgresStore(folder, server, url, OpenedStore.HERE).withIndex();
    }

    /** Once this host is elected. */
    @Override
    public SubmissionInbox submissions() {
        PostgresStore store = (PostgresStore) under();
        store.awaitElection();
        return store.submissions();
    }

    @Override
    public void submitFromSql() throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT submit('echo', '{}')");
        }
    }
}
