// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.schema.Pool;
import io.jobyard.store.jpa.sql.StoreSettings;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** A store in a schema of its own on a PostgreSQL. */
public final class PostgresStore extends OpenedStore {

    private final PostgresDialect dialect = new PostgresDialect();
    private final StoreSettings settings;
    private final Path folder;
    private final HostCandidate claimant;
    private final WiredSources sources;

    public PostgresStore(Path folder) throws SQLException {
        this(folder, PostgresServer.shared(), PostgresServer.shared().newSchema(), HERE);
    }

    /** Of a host, in a schema of that server. */
    public PostgresStore(Path folder, PostgresServer server, String url, HostCandidate claimant) throws SQLException {
        this(folder, server, url, claimant, Call::make);
    }

    /** Whose calls go over a wire. */
    public PostgresStore(Path folder, PostgresServer server, String url, HostCandidate claimant, Wire wire)
            throws SQLException {
        sources = new WiredSources(dialect.sources(), wire);
        this.folder = folder;
        this.claimant = claimant;
        settings = new StoreSettings(url, PostgresServer.USER, server.password(), StoreSettings.POOL_SIZE, 30, true);
        open();
    }

    @Override
    void open() throws SQLException {
        open(Pool.open(settings, dialect, sources, folder, false, step -> {}), dialect, claimant, folder);
    }

    PostgresStore withIndex() {
        keepIndex();
        return this;
    }

    void whenFenced(Consumer<String> listener) {
        store().whenFenced(listener);
    }

    HostNotices notices() {
        return store().service(HostNotices.class);
    }

    /** Behind the election that its beginning has brought. */
    void awaitElection() {
        jobs().released(List.of()).join();
    }

    SubmissionInbox submissions() {
        return service(SubmissionInbox.class);
    }
}
