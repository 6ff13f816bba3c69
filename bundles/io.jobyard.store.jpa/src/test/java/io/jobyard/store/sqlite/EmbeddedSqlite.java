// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import io.jobyard.store.api.StoreDialect;
import java.nio.file.Path;
import org.osgi.service.jdbc.DataSourceFactory;

/** The SQLite bundle's parts, without a framework. */
public final class EmbeddedSqlite implements AutoCloseable {

    private final SqliteDialect dialect = new SqliteDialect(new SqliteEngine(Path.of("target/native")));

    public StoreDialect dialect() {
        return dialect;
    }

    public DataSourceFactory sources() {
        return dialect.sources();
    }

    /** Nothing here survives a power cut, so nothing is forced to the disk. */
    public static String url(Path file) {
        return SqliteUrl.PREFIX + file + "?create=true";
    }

    /** Lets others open the files. */
    public static void shutDown(StoreDialect dialect) {
        ((SqliteDialect) dialect).stop();
    }

    @Override
    public void close() {
        dialect.stop();
    }
}
