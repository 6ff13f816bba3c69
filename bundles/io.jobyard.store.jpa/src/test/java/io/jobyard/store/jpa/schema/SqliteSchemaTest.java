// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import io.jobyard.store.jpa.EmbeddedStore;
import io.jobyard.store.jpa.SqliteStore;
import java.nio.file.Path;
import java.sql.SQLException;

class SqliteSchemaTest extends SchemaTest {

    @Override
    EmbeddedStore open(Path in) throws SQLException {
        return new SqliteStore(in);
    }
}
