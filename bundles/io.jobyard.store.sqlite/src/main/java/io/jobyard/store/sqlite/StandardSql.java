// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.util.regex.Pattern;

/** Statements of the store in SQLite's syntax, which differs for a number of rows and for the statements about a whole table. */
final class StandardSql {

    private static final String COUNT = "(\\?|\\d+)";
    private static final Pattern OFFSET_AND_FIRST =
            Pattern.compile("OFFSET " + COUNT + " ROWS FETCH (?:FIRST|NEXT) " + COUNT + " ROWS ONLY");
    private static final Pattern FIRST = Pattern.compile("FETCH (?:FIRST|NEXT) " + COUNT + " ROWS ONLY");
    private static final Pattern OFFSET = Pattern.compile("OFFSET " + COUNT + " ROWS");

    /** A transaction of {@link SqliteConnection} has the whole database for itself. */
    private static final String LOCK = "LOCK TABLE ";

    /** Without a condition, SQLite deletes all rows at once. */
    private static final String TRUNCATE = "TRUNCATE TABLE ";

    private StandardSql() {}

    static String translated(String sql) {
        if (sql.startsWith(LOCK)) {
            return "SELECT 1 WHERE FALSE";
        }
        if (sql.startsWith(TRUNCATE)) {
            return "DELETE FROM " + sql.substring(TRUNCATE.length());
        }
        if (!sql.contains(" ROWS")) {
            return sql;
        }
        String both = OFFSET_AND_FIRST.matcher(sql).replaceAll("LIMIT $1, $2");
        String first = FIRST.matcher(both).replaceAll("LIMIT $1");
        return OFFSET.matcher(first).replaceAll("LIMIT $1, -1");
    }
}
