// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * Properties of one kind of database that the store needs. The database's bundle registers it, with the properties {@link #URL} and, if a
 * host may use such a database without a configuration, {@link #EMBEDDED}. Only the selected database is loaded.
 */
@ProviderType
public interface StoreDialect extends SqlDialect, DatabaseUpkeep {

    /** Service property: prefix of the supported JDBC URLs. */
    String URL = "jobyard.store.url";

    /** Service property: true if it serves a host without a configured database. */
    String EMBEDDED = "jobyard.store.embedded";

    /**
     * Returns the database's name.
     *
     * @return for example {@code Derby}
     */
    String name();

    /**
     * Returns whether a JDBC URL selects this kind of database.
     *
     * @param url URL from the configuration
     * @return true if this dialect and its data sources support the URL
     */
    boolean serves(String url);

    /**
     * Returns the factory of data sources.
     *
     * @return factory for data sources of supported URLs
     */
    DataSourceFactory sources();

    /**
     * Returns whether a configured URL selects the database in the instance's data directory.
     *
     * @param url from the configuration; empty if it has none
     * @return true if {@link #ownUrl} is used instead of the URL
     */
    default boolean isOwn(String url) {
        return false;
    }

    /**
     * Database in the instance's data directory.
     *
     * @param data the instance's data directory
     * @return a JDBC URL; empty if a database of this kind always has its own place
     */
    Optional<String> ownUrl(Path data);

    /**
     * Creates the database in the instance's data directory, at its first start; it is created completely or not at all. Rejects a
     * database that is missing, incomplete, another host's or known to be damaged.
     *
     * @param data the instance's data directory
     * @param anew whether the user gives up the missing database of earlier starts
     * @param doing receives a description of each action before the action
     * @throws SQLException if the database cannot be created
     * @throws RuntimeException if the database is rejected; the message is a line with the fix
     */
    void prepare(Path data, boolean anew, Consumer<String> doing) throws SQLException;

    /**
     * Prevents the database in the instance's data directory from being opened again.
     *
     * @param data the instance's data directory
     * @param why description of the damage
     * @throws IOException if the description cannot be written
     */
    void condemn(Path data, String why) throws IOException;

    /**
     * Returns the file without which a database does not exist.
     *
     * @param url URL from the configuration
     * @return the file; empty if the files are on another machine or do not belong to the host
     */
    Optional<Path> proof(String url);

    /**
     * Returns the directory with the files of a database.
     *
     * @param url URL from the configuration
     * @return the directory; empty if the files are on another machine or do not belong to the host
     */
    default Optional<Path> folder(String url) {
        return proof(url).map(Path::getParent);
    }

    /**
     * Returns the clock for the leases of hosts that can open the same database.
     *
     * @return the database's own clock, as SQL for microseconds since 1970 UTC; empty if the database rejects a second host
     */
    Optional<String> sharedClock();

    /**
     * Returns the signals with which hosts that share a database wake each other.
     *
     * @return the signals; empty if hosts cannot share the database
     */
    default Optional<StoreSignals> signals() {
        return Optional.empty();
    }

    /**
     * Returns the fix for a damaged database.
     *
     * @return text in the imperative, without a full stop
     */
    String remedy();

    /**
     * Creates the objects that the first table of a new database needs. The caller commits.
     *
     * @param connection within a transaction
     * @throws SQLException if the database cannot create them
     */
    default void beforeFirstTable(Connection connection) throws SQLException {}

    /**
     * Prepares the session in which a host stores its changes, and which it keeps: its statements use keys, whatever
     * number of rows the database assumes. Not called if a proxy does not preserve sessions.
     *
     * @throws SQLException if the database refuses the settings
     */
    default void prepareForChanges(Connection connection) throws SQLException {}

    /**
     * Allows a transaction that has just begun in such a session to read whole tables.
     *
     * @param connection to the database
     * @throws SQLException if the database refuses the settings
     */
    default void prepareForWholeTables(Connection connection) throws SQLException {}

    /**
     * Removes the limit of the time that the connection waits for each answer, until it is returned to its pool.
     *
     * @param connection to the database
     * @throws SQLException if the driver rejects the change
     */
    default void prepareForLongStatements(Connection connection) throws SQLException {}

    /**
     * Returns whether applications can submit from SQL, with a function that the schema script of the first step
     * creates.
     *
     * @return true if the function exists, with the tables {@code submission} and {@code refused_submission}
     */
    default boolean takesSubmissions() {
        return false;
    }

    /**
     * Returns whether an error shows that a valid statement names a table that does not exist or may not be seen.
     *
     * @param error the driver's exception
     */
    default boolean isMissingName(SQLException error) {
        return String.valueOf(error.getSQLState()).startsWith("42"); // syntax error or access rule violation
    }

    /**
     * Returns whether an error shows that the database has undone the transaction, even if its commit was sent.
     *
     * @param error the driver's exception, with its chain
     * @return false if that is unknown
     */
    default boolean isUndone(SQLException error) {
        return false;
    }

    /**
     * Classifies an error.
     *
     * @param error the driver's exception, with its chain
     */
    StoreFault fault(SQLException error);

    /**
     * Returns a description of an error for users, in one line of limited length, without stored data.
     *
     * @param error the driver's exception, with its chain
     * @return the line, without a full stop
     */
    String reason(SQLException error);
}
