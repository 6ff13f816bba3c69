// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/** Maintenance operations of one kind of database. */
@ProviderType
public interface DatabaseUpkeep {

    /**
     * Copies the database while it is in use, then opens the copy and checks it.
     *
     * @param connection a separate connection
     * @param directory the directory of the copy
     * @throws SQLException if the copy fails or is invalid
     * @throws RuntimeException if the database has its own tools for backups; the message names one
     */
    void backup(Connection connection, Path directory) throws SQLException;

    /**
     * Reads every table and compares it with its indexes. Writers may have to wait meanwhile.
     *
     * @param connection not used by others
     * @return number of tables
     * @throws SQLException if a table is damaged, with its name
     */
    int check(Connection connection) throws SQLException;

    /**
     * Updates the database's statistics, which it uses to plan queries.
     *
     * @param connection a separate connection
     * @throws SQLException if the update fails
     */
    void analyze(Connection connection) throws SQLException;

    /**
     * Releases the disk space of deleted rows. Readers and writers may have to wait meanwhile.
     *
     * @param connection not used by others
     * @return number of released bytes
     * @throws SQLException if the space cannot be released
     */
    long compact(Connection connection) throws SQLException;
}
