// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.schema.Schema;
import io.jobyard.store.jpa.schema.SchemaScript;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Brings a database back to what it held when its schema was made: to make another takes many times as long. */
final class EmptyTables {

    private final List<String> again = new ArrayList<>();

    /** Those in the schema of that connection; none if it was not made yet. */
    EmptyTables(Connection connection, StoreDialect dialect) throws SQLException {
        try (ResultSet tables =
                connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                again.add("DELETE FROM " + tables.getString("TABLE_NAME"));
            }
        }
        if (again.removeIf(each -> each.toLowerCase(Locale.ROOT).endsWith(" schema_version"))) {
            IntStream.rangeClosed(Schema.FIRST, Schema.CURRENT)
                    .mapToObj(step -> SchemaScript.of(step, dialect))
                    .flatMap(script -> script.text().lines())
                    .filter(line -> line.startsWith("INSERT INTO "))
                    .map(line -> line.replace(";", ""))
                    .forEach(again::add);
        }
    }

    /** Nobody else is at work there. */
    void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : again) {
                statement.addBatch(each);
            }
            statement.executeBatch();
        }
    }
}
