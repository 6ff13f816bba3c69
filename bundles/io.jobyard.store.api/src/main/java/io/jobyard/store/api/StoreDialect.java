// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the store must know about one kind of database. The bundle that brings the database offers it, next to the
 * {@code DataSourceFactory}. Safe for use by several threads.
 */
@ProviderType
public interface StoreDialect {

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
     * The database of a host that was told of none.
     *
     * @param data the instance's folder for data
     * @return a JDBC URL; empty if somebody must say where the database is
     */
    Optional<String> defaultUrl(Path data);

    /**
     * Where a database has its files.
     *
     * @param url from the configuration
     * @return the folder; empty if they are not this machine's or not this host's to touch
     */
    Optional<Path> folder(String url);

    /**
     * The column types that databases name differently. Scripts write them as {@code ${name}}.
     *
     * @return types for {@code id} (16 bytes), {@code digest} (32 bytes) and {@code long.text}
     */
    Map<String, String> columnTypes();

    /**
     * Ties a query to an index, where the database's own choice cannot be trusted.
     *
     * @param index the index
     * @return what to write behind the table's name; may be empty
     */
    String withIndex(String index);

    /**
     * Says what an error means.
     *
     * @param error what the driver threw, with its chain
     * @return the meaning
     */
    StoreFault fault(SQLException error);

    /**
     * Copies the database while it is used.
     *
     * @param connection a connection of its own
     * @param directory where the copy goes
     * @throws SQLException if the database cannot
     */
    void backup(Connection connection, Path directory) throws SQLException;

    /**
     * Gives disk space of deleted rows back.
     *
     * @param connection a connection of its own
     * @throws SQLException if the database cannot
     */
    void compact(Connection connection) throws SQLException;
}
