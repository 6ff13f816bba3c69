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

    /** Service property: how the JDBC URLs begin that it serves. */
    String URL = "jobyard.store.url";

    /** Service property: true if it serves a host without a configured database. */
    String EMBEDDED = "jobyard.store.embedded";

    /**
     * The database's name.
     *
     * @return such as {@code Derby}
     */
    String name();

    /**
     * Whether a JDBC URL selects this kind of database.
     *
     * @param url from the configuration
     * @return true if this dialect and its data sources serve it
     */
    boolean serves(String url);

    /**
     * Factory of data sources.
     *
     * @return creates data sources for supported URLs
     */
    DataSourceFactory sources();

    /**
     * Database of a host without a configured one.
     *
     * @param data the instance's data directory
     * @return a JDBC URL; empty if a configuration is required
     */
    Optional<String> defaultUrl(Path data);

    /**
     * Creates the database of a host without a configured one, at its first start; it is created completely or not at all. Rejects a
     * database that is missing, incomplete, another host's or known to be damaged.
     *
     * @param data the instance's data directory
     * @param anew whether the user gives up the missing database of earlier starts
     * @param doing receives each action before it is done
     * @throws SQLException if the database cannot
     * @throws RuntimeException if it is rejected: a line with the fix
     */
    void prepare(Path data, boolean anew, Consumer<String> doing) throws SQLException;

    /**
     * Prevents the database of a host without a configured one from being opened again.
     *
     * @param data the instance's data directory
     * @param why description of the damage
     * @throws IOException if that cannot be written
     */
    void condemn(Path data, String why) throws IOException;

    /**
     * Where a database has its files.
     *
     * @param url from the configuration
     * @return the folder; empty if they are not this machine's or not this host's to touch
     */
    Optional<Path> folder(String url);

    /**
     * The clock by which hosts judge each other's leases, where several can open one database.
     *
     * @return the database's own, as SQL for microseconds since 1970 UTC; empty if the database keeps a second host out
     */
    Optional<String> sharedClock();

    /**
     * How hosts that share a database wake each other.
     *
     * @return the way; empty if nobody shares it
     */
    default Optional<StoreSignals> signals() {
        return Optional.empty();
    }

    /**
     * Fix for a damaged database.
     *
     * @return in words, as an order, without a full stop
     */
    String remedy();

    /**
     * Makes what the first table of a new database needs. The caller commits.
     *
     * @param connection within a transaction
     * @throws SQLException if the database cannot
     */
    default void beforeFirstTable(Connection connection) throws SQLException {}

    /**
     * Prepares the session over which a host stores its changes, and that it keeps: they go by keys, whatever the database
     * believes of the number of rows. Not called where a proxy keeps no session for anybody.
     *
     * @throws SQLException if the database refuses that
     */
    default void prepareForChanges(Connection connection) throws SQLException {}

    /**
     * Lets the transaction that has just begun in such a session read whole tables.
     *
     * @param connection to the database
     * @throws SQLException if the database refuses that
     */
    default void prepareForWholeTables(Connection connection) throws SQLException {}

    /**
     * Lets the connection wait for each answer without a limit, until it is returned to its pool.
     *
     * @param connection to the database
     * @throws SQLException if the driver rejects that
     */
    default void prepareForLongStatements(Connection connection) throws SQLException {}

    /**
     * Whether applications can submit from SQL, by a function that the script of the first step makes.
     *
     * @return true if there is that function, with the tables {@code submission} and {@code refused_submission}
     */
    default boolean takesSubmissions() {
        return false;
    }

    /**
     * Says what an error means.
     *
     * @param error what the driver threw, with its chain
     */
    StoreFault fault(SQLException error);

    /**
     * Says what an error says, for people: one line of bounded length, without anything that is stored.
     *
     * @param error what the driver threw, with its chain
     * @return the line, without a full stop
     */
    String reason(SQLException error);
}
