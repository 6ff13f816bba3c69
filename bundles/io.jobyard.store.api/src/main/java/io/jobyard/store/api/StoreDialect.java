// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * What the store must know about one kind of database. The bundle that brings the database offers it, with the properties {@link #URL} and, if
 * a host may have one without being told of any, {@link #EMBEDDED}: nobody asks for a database that is not the one in use.
 */
@ProviderType
public interface StoreDialect {

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
     * @param connection to the database
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
     * Where the place of a ready job in its lane stands.
     *
     * @return true if in the column {@code lane} of its row, over which {@code ready} is a view, with null for jobs that are
     *     not ready; false if {@code ready} is a table
     */
    boolean placesInRow();

    /**
     * How long a value of the type {@code bytes} may grow where many small things share one: so much stands in its row. A
     * longer one is stored all the same.
     *
     * @return in bytes, from 4,000 to 8,000
     */
    int pageBytes();

    /**
     * What databases name differently, for the scripts of the schema, which write it as {@code ${name}}.
     *
     * <p>Types: {@code id} (16 bytes), {@code digest} (32 bytes), {@code bytes} (at most 32,000) and {@code long.text}.
     * {@code small.pages} are statements from
     * which on tables get pages of 4 KB also where their rows may be longer, with room for rows that grow by a third, until
     * {@code usual.pages}; {@code full.pages} are the same without that room, for rows that never grow, and {@code large.pages} for
     * such rows that are long. The last four may be empty.
     *
     * @return what to write, by name
     */
    Map<String, String> scriptWords();

    /**
     * Ties a query to an index, where the database's own choice cannot be trusted.
     *
     * @return what to write behind the table's name; may be empty
     */
    String withIndex(String index);

    /**
     * The same with the index of a unique constraint.
     *
     * @return what to write behind the table's name; may be empty
     */
    String withConstraint(String constraint);

    /**
     * Says what an error means.
     *
     * @param error what the driver threw, with its chain
     * @return the meaning
     */
    StoreFault fault(SQLException error);

    /**
     * Says what an error says, for people: one line of bounded length, without anything that is stored.
     *
     * @param error what the driver threw, with its chain
     * @return the line, without a full stop
     */
    String reason(SQLException error);

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
     * Reads every table and compares it with its indexes. Who writes may have to wait meanwhile.
     *
     * @param connection a connection of its own
     * @return how many tables there are
     * @throws SQLException if one is damaged, with its name
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
     * Gives disk space of deleted rows back. Who reads or writes may have to wait meanwhile.
     *
     * @param connection a connection of its own
     * @return how many bytes were given back
     * @throws SQLException if the database cannot
     */
    long compact(Connection connection) throws SQLException;
}
