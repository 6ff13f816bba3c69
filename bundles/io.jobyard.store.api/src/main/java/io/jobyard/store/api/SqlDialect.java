// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** SQL differences of one kind of database. */
@ProviderType
public interface SqlDialect {

    /**
     * Returns where the position of a ready job in its lane is stored.
     *
     * @return true if the column {@code lane} of its row contains it, over which {@code ready} is a view, with null
     *     for jobs that are not ready; false if {@code ready} is a table
     */
    boolean placesInRow();

    /**
     * Returns the maximum size of a value of type {@code bytes} that is stored in its row if the row has many such values. Longer values
     * are allowed.
     *
     * @return in bytes, from 4,000 to 8,000
     */
    int pageBytes();

    /**
     * Returns words that differ between databases. Scripts of the schema contain them as {@code ${name}}.
     *
     * <p>Types: {@code id} (16 bytes), {@code digest} (32 bytes), {@code bytes} (at most 32,000) and {@code long.text}. Statements that set
     * the page size of later tables: {@code small.pages} sets pages of 4 KB even for rows that may be longer, with room for rows that grow
     * by a third, until {@code usual.pages}; {@code full.pages} does the same without that room, for rows that never grow, and {@code
     * large.pages} for such rows that are long. The last four may be empty.
     */
    Map<String, String> scriptWords();

    /**
     * Forces a query to use an index, if the database's own choice is unreliable.
     *
     * @return text after the table's name; may be empty
     */
    String withIndex(String index);

    /**
     * Forces a query to use the index of a unique constraint.
     *
     * @return text after the table's name; may be empty
     */
    String withConstraint(String constraint);

    /**
     * Returns how several statements are sent as one message.
     *
     * @return empty if each statement is sent alone
     */
    default Optional<MessageDialect> messages() {
        return Optional.empty();
    }
}
