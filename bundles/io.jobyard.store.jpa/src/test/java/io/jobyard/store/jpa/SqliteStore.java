// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.schema.Pool;
import io.jobyard.store.jpa.sql.StoreSettings;
import io.jobyard.store.sqlite.EmbeddedSqlite;
import java.nio.file.Path;
import java.sql.SQLException;

/** A store on an SQLite file in a folder. */
public final class SqliteStore extends OpenedStore {

    private final Path folder;
    private final Wire wire;
    private WiredSources sources;
    private EmbeddedSqlite sqlite;

    public SqliteStore(Path folder) throws SQLException {
        this(folder, Wire.SOUND);
    }

    /** Whose calls go over a wire. */
    public SqliteStore(Path folder, Wire wire) throws SQLException {
        this.folder = folder;
        this.wire = wire;
        open();
    }

    @Override
    void open() throws SQLException {
        sqlite = new EmbeddedSqlite();
        StoreSettings settings = new StoreSettings(
                EmbeddedSqlite.url(folder.resolve("jobs.db")), "", "", StoreSettings.POOL_SIZE, 30, true);
        sources = new WiredSources(sqlite.sources(), wire);
        open(Pool.open(settings, sqlite.dialect(), sources, folder, false, step -> {}), sqlite.dialect(), HERE, folder);
    }

    SqliteStore withIndex() {
        keepIndex();
        return this;
    }

    /** Ends all connections there are, behind the pool's back. */
    void breakAll() throws SQLException {
        sources.breakAll();
    }

    public StoreDialect dialect() {
        return sqlite.dialect();
    }

    @Override
    public void close() {
        super.close();
        sqlite.close();
    }
}
