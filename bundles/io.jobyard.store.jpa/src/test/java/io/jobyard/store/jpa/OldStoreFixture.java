// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.derby.EmbeddedDerby;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.jdbc.DataSourceFactory;

/** The store that a program of schema 5 left when it was killed, and copies of it in memory: tools/stores/make made it. */
final class OldStoreFixture implements AutoCloseable {

    private static final int SLICE = 50;
    private static final String DROPPED = "08006"; // Derby says so when it did as asked

    /** The host's size of 64 MB would be in the memory of each copy. */
    private static final String LOG_FILES = "derby.storage.logSwitchInterval";

    private final @Nullable String logFiles = System.getProperty(LOG_FILES);
    private final Path folder;
    private final EmbeddedDerby derby;
    private final WiredSources sources;
    private int copies;

    /** In that folder, with calls that go over a wire. */
    OldStoreFixture(Path folder, Wire wire) throws IOException, SQLException {
        this.folder = folder;
        unpack(folder);
        System.setProperty(LOG_FILES, "1048576");
        derby = new EmbeddedDerby(folder);
        sources = new WiredSources(derby.sources(), wire);
        try (Connection connection = open(derby.sources(), "jdbc:derby:" + folder.resolve("db"))) {
            derby.dialect().backup(connection, folder.resolve("copy"));
        }
    }

    private static void unpack(Path folder) throws IOException {
        try (InputStream file = OldStoreFixture.class.getResourceAsStream("/stores/schema-5.zip");
                ZipInputStream archive = new ZipInputStream(file)) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(archive, target);
                }
            }
        }
    }

    /** Begins another copy, in the place of the one before. */
    void copy() throws SQLException {
        drop();
        copies++;
        open(derby.sources(), url() + ";createFrom=" + folder.resolve("copy/db"))
                .close();
    }

    private String url() {
        return "jdbc:derby:memory:" + folder.getFileName() + copies;
    }

    /** What is in memory stays when the engine ends. */
    private void drop() {
        if (copies > 0) {
            try (Connection none = open(derby.sources(), url() + ";drop=true")) {
                throw new IllegalStateException(none + " is open, but was to be dropped");
            } catch (SQLException e) {
                if (!DROPPED.equals(e.getSQLState())) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** A connection to the latest copy, over the wire. */
    Connection wired() throws SQLException {
        return open(sources, url());
    }

    StoreDialect dialect() {
        return derby.dialect();
    }

    /** Takes that step and those before on the latest copy. */
    void migrate(Connection connection, int last, Consumer<String> doing) throws SQLException {
        new Schema(connection, derby.dialect(), doing, step -> SchemaScript.of(step, derby.dialect()), SLICE)
                .migrate(last);
    }

    private static Connection open(DataSourceFactory sources, String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, url);
        return sources.createDataSource(properties).getConnection();
    }

    void breakAll() {
        try {
            sources.breakAll();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        drop();
        derby.close();
        if (logFiles == null) {
            System.clearProperty(LOG_FILES);
        } else {
            System.setProperty(LOG_FILES, logFiles);
        }
    }
}
