// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteFullDiskTest extends FullDiskTest {

    @Override
    EmbeddedStore open(Path in, Wire wire) throws SQLException {
        return new SqliteStore(in, wire);
    }

    @Override
    SQLException noRoom() {
        return new SQLiteException("database or disk is full", SQLiteErrorCode.SQLITE_FULL);
    }

    @Override
    SQLException noRoomForTheLog() {
        return noRoom();
    }
}
