// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.schema.Pool;
import io.jobyard.store.jpa.sql.StoreSettings;
import io.jobyard.store.sqlite.EmbeddedSqlite;
import java.nio.file.Path;
import java.sql.SQLException;

/** A store on an SQLite file in a folder. */
public final class SqliteStore extends EmbeddedStore {

    private final Path folder;
    private final Wire wire;
    private final String url;
    private EmbeddedSqlite sqlite;

    public SqliteStore(Path folder) throws SQLException {
        this(folder, Wire.SOUND);
    }

    /** In the own database of an instance with this data directory. */
    public static SqliteStore ofInstance(Path data) throws SQLException {
        return new SqliteStore(data, Wire.SOUND, "jdbc:sqlite:");
    }

    /** Whose calls go over a wire. */
    public SqliteStore(Path folder, Wire wire) throws SQLException {
        this(folder, wire, EmbeddedSqlite.url(folder.resolve("jobs.db")));
    }

    private SqliteStore(Path folder, Wire wire, String url) throws SQLException {
        this.url = url;
        this.folder = folder;
        this.wire = wire;
        open();
    }

    @Override
    void open() throws SQLException {
        sqlite = new EmbeddedSqlite();
        StoreSettings settings = new StoreSettings(url, "", "", StoreSettings.POOL_SIZE, 30, true);
        sources = new WiredSources(sqlite.sources(), wire);
        try {
            open(
                    Pool.open(settings, sqlite.dialect(), sources, folder, false, step -> {}),
                    sqlite.dialect(),
                    HERE,
                    folder);
        } catch (SQLException | RuntimeException e) {
            sqlite.close();
            throw e;
        }
    }

    SqliteStore withIndex() {
        keepIndex();
        return this;
    }

    @Override
    public StoreDialect dialect() {
        return sqlite.dialect();
    }

    @Override
    public void close() {
        super.close();
        sqlite.close();
    }
}
