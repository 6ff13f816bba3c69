// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.sql.JDBCType;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * SQL of a database that takes several statements, separated by semicolons, in one message. It runs them in order up to the first error,
 * which undoes the transaction even if the message ends with a COMMIT.
 */
@ProviderType
public interface MessageDialect {

    /**
     * Returns a table with one row per array element.
     *
     * @param columns the types of the elements
     * @return text after FROM, with one parameter per column; its alias is {@code u}, its columns are {@code c1}, {@code c2} and so on
     */
    String rows(List<JDBCType> columns);

    /**
     * Returns the name of a type for {@code Connection.createArrayOf}.
     *
     * @param type of the elements
     */
    String element(JDBCType type);
}
