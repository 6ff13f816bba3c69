// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

/** What differs between the databases. */
enum Dialect {
    DERBY("schema/(derby/)?\\d+\\.sql", "CHAR(16) FOR BIT DATA", "CLOB", false),
    POSTGRESQL("schema/(postgresql/)?\\d+\\.sql", "BYTEA", "TEXT", true);

    private final String steps;
    private final String id;
    private final String text;
    private final boolean placesInRow;

    Dialect(String steps, String id, String text, boolean placesInRow) {
        this.steps = steps;
        this.id = id;
        this.text = text;
        this.placesInRow = placesInRow;
    }

    static Dialect of(String url) {
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : DERBY;
    }

    /** The scripts of the store that make its tables: those of the database, and common ones. */
    String steps() {
        return steps;
    }

    /** The type of sixteen bytes. */
    String id() {
        return id;
    }

    /** The type of long texts. */
    String text() {
        return text;
    }

    /** The bytes of a value, as a literal. */
    String bytes(String hex) {
        return this == POSTGRESQL ? "'\\x" + hex + "'" : "X'" + hex + "'";
    }

    /** Whether the place of a ready job is a column of its row. */
    boolean placesInRow() {
        return placesInRow;
    }
}
