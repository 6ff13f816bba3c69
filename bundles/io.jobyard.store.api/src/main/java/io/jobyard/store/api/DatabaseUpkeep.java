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
     * Copies the database while it is used; then opens the copy and checks it.
     *
     * @param connection a connection of its own
     * @param directory where the copy goes
     * @throws SQLException if the database cannot, or the copy is not sound
     * @throws RuntimeException if it is copied with tools of its own: a line that names one
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
     * Has the database look at what its tables hold now, by which it plans queries.
     *
     * @param connection a connection of its own
     * @throws SQLException if the database cannot
     */
    void analyze(Connection connection) throws SQLException;

    /**
     * Releases the disk space of deleted rows. Readers and writers may have to wait meanwhile.
     *
     * @param connection not used by others
     * @return number of released bytes
     * @throws SQLException if the database cannot
     */
    long compact(Connection connection) throws SQLException;
}
