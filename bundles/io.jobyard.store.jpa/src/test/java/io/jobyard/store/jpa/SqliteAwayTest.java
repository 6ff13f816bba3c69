// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.nio.file.Path;
import java.sql.SQLException;

class SqliteAwayTest extends DatabaseAwayTest {

    @Override
    EmbeddedStore open(Path in, Wire wire) throws SQLException {
        return new SqliteStore(in, wire);
    }
}
