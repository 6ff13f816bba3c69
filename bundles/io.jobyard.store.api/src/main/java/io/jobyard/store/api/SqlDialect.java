// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What differs in the statements for one kind of database. */
@ProviderType
public interface SqlDialect {

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
}
