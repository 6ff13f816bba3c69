// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.settings.api.Configurations.ValueChange;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Earlier configurations in the audit, and rollbacks to them. */
public interface ConfigurationJournal {

    /**
     * Returns the latest changes.
     *
     * @param name only those of this configuration, by the name of its file without {@code .cfg}, or of all that begin with it and a dash; null for all
     * @return oldest first
     */
    List<JournalEntry> entries(@Nullable String name, int limit);

    /**
     * Writes the file of a configuration as it was after an entry. Unchanged lines stay, with all comments, and so do the file's mode and
     * owner.
     *
     * @param name as its file is called, without {@code .cfg}
     * @param before called with the changes before they are made
     * @return the changes
     * @throws io.jobyard.api.ValidationException if the values were secrets, or would be rejected now, or the audit does not contain them
     * @throws io.jobyard.api.StateConflictException if the file already has these values
     */
    RolledBack rollback(String name, String id, Consumer<RolledBack> before);

    /**
     * One change.
     *
     * @param id its ID for a rollback
     * @param at time at which the host noticed it
     * @param who its cause, if known, for example {@code file owner root}
     * @param name name of the file, without {@code .cfg}
     * @param isHere whether it was made in this instance; otherwise on another host of the database
     */
    record JournalEntry(
            String id, Instant at, String who, String name, boolean isHere, List<ValueChange> changes, String detail) {}

    /**
     * Changes by a rollback.
     *
     * @param id the entry that it returns to
     */
    record RolledBack(String name, String id, List<ValueChange> changes) {}
}
