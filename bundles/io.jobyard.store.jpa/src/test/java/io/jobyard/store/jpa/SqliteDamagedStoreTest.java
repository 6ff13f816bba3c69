// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteDamagedStoreTest extends DamagedStoreTest {

    @Override
    EmbeddedStore open(Path in, Wire wire) throws SQLException {
        return new SqliteStore(in, wire);
    }

    @Override
    SQLException damage() {
        return new SQLiteException("database disk image is malformed", SQLiteErrorCode.SQLITE_CORRUPT);
    }

    @Override
    String checkCall() {
        return "executeQuery";
    }

    @Override
    String line() {
        return "the database is damaged \\(SQLite says SQLITE_CORRUPT\\)";
    }
}
