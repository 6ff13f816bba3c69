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
 * What the store must know about one kind of database. The bundle that brings the database offers it, with the properties {@link #URL} and, if
 * a host may have one without being told of any, {@link #EMBEDDED}: nobody asks for a database that is not the one in use.
 */
@ProviderType
public interface StoreDialect extends SqlDialect, DatabaseUpkeep {

    /** Service property: how the JDBC URLs begin that it serves. */
    String URL = "jobyard.store.url";

    /** Service property: true if it serves a host that was told of no database. */
    String EMBEDDED = "jobyard.store.embedded";

    /**
     * The database's name.
     *
     * @return such as {@code Derby}
     */
    String name();

    /**
     * Tells whether a JDBC URL leads to this kind of database.
     *
     * @param url from the configuration
     * @return true if this dialect and its data sources serve it
     */
    boolean serves(String url);

    /**
     * What connects to the database.
     *
     * @return makes data sources for URLs that are served
     */
    DataSourceFactory sources();

    /**
     * The database of a host that was told of none.
     *
     * @param data the instance's folder for data
     * @return a JDBC URL; empty if somebody must say where the database is
     */
    Optional<String> defaultUrl(Path data);

    /**
     * Makes the database of a host that was told of none, if this is its first life; it is there whole, or not at all. One
     * that is gone, not whole, another host's or known to be damaged is refused.
     *
     * @param data the instance's folder for data
     * @param anew whether somebody said that the database of earlier lives, which is gone, is given up
     * @param doing hears what it does, before it does it
     * @throws SQLException if the database cannot
     * @throws RuntimeException if it is refused: a line with what to do
     */
    void prepare(Path data, boolean anew, Consumer<String> doing) throws SQLException;

    /**
     * Keeps the database of a host that was told of none from being opened again.
     *
     * @param data the instance's folder for data
     * @param why how it is damaged
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
     * What helps when the database is damaged.
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
     * Lets the connection wait for each answer as long as it takes, until it is given back to its pool.
     *
     * @param connection to the database
     * @throws SQLException if the driver refuses that
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
