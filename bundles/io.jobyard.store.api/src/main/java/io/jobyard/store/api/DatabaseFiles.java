// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ConsumerType;

/** Files of one kind of embedded database, for {@link DatabaseFolder}. */
@ConsumerType
public interface DatabaseFiles {

    /** Returns the name of the database's folder in the data directory. */
    String folder();

    /** Returns the name of the file in the data directory that contains the database's id. */
    String idFile();

    /** Returns the name of the file in the folder without which the database is incomplete. */
    String proof();

    /**
     * Creates an empty database, and closes it.
     *
     * @param folder a folder that does not exist
     * @param id stored in the database
     * @throws SQLException if the database cannot be created
     */
    void make(Path folder, String id) throws SQLException;

    /**
     * Returns the id of a database; empty for a database without one.
     *
     * @throws SQLException if the database cannot be read
     */
    String id(Path folder) throws SQLException;

    /**
     * Returns whether the last host did not close the database, which therefore recovers when it is opened.
     *
     * @throws IOException if the files cannot be read
     */
    boolean wasLeftOpen(Path folder) throws IOException;
}
