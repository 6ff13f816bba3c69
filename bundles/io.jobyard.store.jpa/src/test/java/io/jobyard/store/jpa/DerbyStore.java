// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.store.jpa.schema.Pool;
import io.jobyard.store.jpa.sql.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A store on an embedded Derby of its own. */
public final class DerbyStore extends EmbeddedStore {

    /** Made once, before any other is open: to make one takes as long as many tests. */
    private static final NewDatabase NEW = NewDatabase.make();

    private final Path folder;
    private final Wire wire;
    private final String url;
    private boolean staysUp;
    private EmbeddedDerby derby;

    public DerbyStore(Path folder) throws SQLException {
        this(folder, Wire.SOUND);
    }

    /** Whose calls go over a wire. */
    public DerbyStore(Path folder, Wire wire) throws SQLException {
        this(folder, wire, "");
    }

    /** In that database. */
    public DerbyStore(Path folder, Wire wire, String url) throws SQLException {
        this.folder = folder;
        this.wire = wire;
        this.url = url;
        open();
    }

    /** Whose database is empty, and stays up: the tests of this process have it one after the other. */
    static DerbyStore emptied() throws SQLException {
        EmptyDatabase.make();
        DerbyStore store = new DerbyStore(EmptyDatabase.FOLDER);
        store.staysUp = true;
        return store;
    }

    /** The one that is emptied. */
    private static final class EmptyDatabase {

        static final Path FOLDER = folder();

        private static @Nullable EmptyTables tables;

        private static Path folder() {
            try {
                Path folder = NewDatabase.temporary();
                NEW.copyTo(folder);
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void make() throws SQLException {
            StoreDialect dialect = new EmbeddedDerby(FOLDER).dialect();
            Properties database = Pool.properties(
                    new StoreSettings("", "", "", 1, 30, true),
                    dialect.ownUrl(FOLDER).orElseThrow());
            try (Connection connection =
                    dialect.sources().createDataSource(database).getConnection()) {
                if (tables == null) {
                    tables = new EmptyTables(connection, dialect);
                }
                tables.make(connection);
            }
        }
    }

    @Override
    void open() throws SQLException {
        if (url.isEmpty()) {
            NEW.copyTo(folder);
        }
        derby = new EmbeddedDerby(folder);
        StoreSettings settings = new StoreSettings(url, "", "", StoreSettings.POOL_SIZE, 30, true);
        sources = new WiredSources(derby.sources(), wire);
        open(Pool.open(settings, derby.dialect(), sources, folder, false, step -> {}), derby.dialect(), HERE, folder);
    }

    public DerbyStore withIndex() {
        keepIndex();
        return this;
    }

    @Override
    public StoreDialect dialect() {
        return derby.dialect();
    }

    @Override
    void shutDown() {
        super.close();
        derby.close();
    }

    @Override
    public void close() {
        if (staysUp) {
            super.close();
        } else {
            shutDown();
        }
    }
}
