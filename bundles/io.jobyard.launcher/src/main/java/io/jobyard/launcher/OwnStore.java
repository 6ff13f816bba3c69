// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Kinds of databases that an instance can have in its own data directory. */
enum OwnStore {
    DERBY("", "db", "store.id", "service.properties"),
    SQLITE("jdbc:sqlite:", "sqlite", "sqlite.id", "jobs.db");

    private final String url;
    private final String folder;
    private final String idFile;
    private final String proof;

    OwnStore(String url, String folder, String idFile, String proof) {
        this.url = url;
        this.folder = folder;
        this.idFile = idFile;
        this.proof = proof;
    }

    /** Returns the kind that a configured URL selects; empty for a database elsewhere. */
    static Optional<OwnStore> of(String url) {
        return Arrays.stream(values()).filter(kind -> kind.url.equals(url)).findFirst();
    }

    /** Returns the kind that the user typed for an option. */
    static OwnStore named(String option, String typed) {
        List<String> words = Arrays.stream(values()).map(OwnStore::word).toList();
        String word = ChosenWord.of(
                option, typed, words, "use derby or sqlite, or set url in io.jobyard.store for PostgreSQL");
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the URL that selects the database; empty for the default. */
    String url() {
        return url;
    }

    /** Returns the URL as {@code move-store} takes it. */
    String target() {
        return url.isEmpty() ? MoveStoreCommand.EMBEDDED : url;
    }

    /** Returns the name of the database's folder in the data directory, and in a backup. */
    String folder() {
        return folder;
    }

    /** Returns the name of the file in the data directory with the database's id. */
    String idFile() {
        return idFile;
    }

    /** Returns the name of the file without which the database is incomplete. */
    String proof() {
        return proof;
    }

    /** Returns the symbolic name of the database's bundle. */
    String bundle() {
        return "io.jobyard.store." + word();
    }

    /** Returns the program of the bundle that checks a database. */
    String checker() {
        return bundle() + (this == SQLITE ? ".SqliteCheck" : ".Check");
    }
}
