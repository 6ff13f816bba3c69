// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.store.api.StoreFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.jdbc.DataSourceFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteDialectTest {

    private final SqliteDialect dialect = new SqliteDialect(new SqliteEngine(Path.of("target/native")));

    @Test
    void servesFilesThatAllConnectionsShare() {
        assertThat(dialect.serves("jdbc:sqlite:")).isTrue();
        assertThat(dialect.serves("jdbc:sqlite:/srv/jobs.db?cache_size=-4096")).isTrue();
        for (String other : List.of("jdbc:sqlite::memory:", "jdbc:sqlite:file:a?mode=memory", "jdbc:derby:db", "")) {
            assertThat(dialect.serves(other)).as(other).isFalse();
        }
    }

    @Test
    void theUrlWithoutAFileIsTheInstancesOwnDatabase() {
        assertThat(dialect.isOwn("jdbc:sqlite:")).isTrue();
        assertThat(dialect.isOwn("")).isFalse();
        assertThat(dialect.isOwn("jdbc:sqlite:/srv/jobs.db")).isFalse();
        assertThat(dialect.ownUrl(Path.of("/jobs/data"))).contains("jdbc:sqlite:/jobs/data/sqlite/jobs.db");
        assertThat(dialect.folder("jdbc:sqlite:/srv/jobs.db?cache_size=-1")).contains(Path.of("/srv"));
        assertThat(dialect.folder("jdbc:sqlite:")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_CONSTRAINT_UNIQUE, DUPLICATE",
        "SQLITE_CONSTRAINT_PRIMARYKEY, DUPLICATE",
        "SQLITE_CONSTRAINT_NOTNULL, OTHER",
        "SQLITE_BUSY, CONFLICT",
        "SQLITE_BUSY_SNAPSHOT, CONFLICT",
        "SQLITE_FULL, FULL",
        "SQLITE_IOERR_SHMSIZE, FULL",
        "SQLITE_IOERR_WRITE, LOST",
        "SQLITE_IOERR_SHORT_READ, DAMAGED",
        "SQLITE_CANTOPEN, LOST",
        "SQLITE_CORRUPT, DAMAGED",
        "SQLITE_CORRUPT_INDEX, DAMAGED",
        "SQLITE_NOTADB, DAMAGED",
        "SQLITE_ERROR, OTHER"
    })
    void tellsFaultsApart(SQLiteErrorCode code, StoreFault fault) {
        assertThat(dialect.fault(new SQLiteException("", code))).isEqualTo(fault);
        BatchUpdateException batch = new BatchUpdateException("", null, new int[0]);
        batch.setNextException(new SQLiteException("", code));
        assertThat(dialect.fault(batch)).isEqualTo(fault);
    }

    @Test
    void aPoolWithoutConnectionsIsLostUnlessTheCauseIsKnown() {
        SQLException none = new SQLTransientConnectionException("not available", (String) null);
        assertThat(dialect.fault(none)).isEqualTo(StoreFault.LOST);
        none.initCause(new SQLiteException("", SQLiteErrorCode.SQLITE_FULL));
        assertThat(dialect.fault(none)).isEqualTo(StoreFault.FULL);
    }

    @Test
    void librariesOfEndedProcessesAreDeleted(@TempDir Path parent) throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path left = Files.createDirectory(parent.resolve(String.valueOf(ended.pid())));
        Files.createFile(left.resolve("sqlite-1-libsqlitejdbc.so"));
        Path used = Files.createDirectory(
                parent.resolve(String.valueOf(ProcessHandle.current().pid())));
        NativeFolder.deleteOld(parent);
        assertThat(left).doesNotExist();
        assertThat(used).exists();
    }

    @Test
    void anUnknownUrlOrPragmaIsRefused() {
        for (String url : List.of(
                "jdbc:sqlite:",
                "jdbc:derby:db",
                "jdbc:sqlite:/tmp/a?cache_size=1;DROP TABLE job",
                "jdbc:sqlite:/tmp/a?synchronous=OFF")) {
            Properties properties = new Properties();
            properties.setProperty(DataSourceFactory.JDBC_URL, url);
            assertThatThrownBy(() -> dialect.sources().createDataSource(properties))
                    .as(url)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("use ");
        }
    }
}
