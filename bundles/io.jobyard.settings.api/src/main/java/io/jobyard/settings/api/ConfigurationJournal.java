// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.settings.api.Configurations.ValueChange;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** History of the configuration in the audit, and rollbacks. */
public interface ConfigurationJournal {

    /**
     * Returns the latest changes.
     *
     * @param name file name of the configuration without {@code .cfg}; includes names that begin with it and a dash; null for all
     * @return changes, oldest first
     */
    List<JournalEntry> entries(@Nullable String name, int limit);

    /**
     * Restores the file of a configuration to its state after an entry. Keeps unchanged lines, all comments, and the mode and owner of the
     * file.
     *
     * @param name file name without {@code .cfg}
     * @param before receives the changes before they are made
     * @return the changes
     * @throws io.jobyard.api.ValidationException if the values were secrets, or would be rejected now, or the audit does not contain them
     * @throws io.jobyard.api.StateConflictException if the file already has these values
     */
    RolledBack rollback(String name, String id, Consumer<RolledBack> before);

    /**
     * Change of a configuration.
     *
     * @param id ID for a rollback
     * @param at time at which the host noticed it
     * @param who author of the change, if known, for example {@code file owner root}
     * @param name name of the file, without {@code .cfg}
     * @param isHere whether it was made in this instance; false for another host of the database
     */
    record JournalEntry(
            String id, Instant at, String who, String name, boolean isHere, List<ValueChange> changes, String detail) {}

    /**
     * Changes by a rollback.
     *
     * @param id ID of the restored entry
     */
    record RolledBack(String name, String id, List<ValueChange> changes) {}
}
