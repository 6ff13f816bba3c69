// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Reads and proves the audit. Asks nobody whether the caller may: the faces do. Safe for use by several threads. */
@ProviderType
public interface AuditTrail {

    /**
     * Finds entries; what is null does not narrow.
     *
     * @param since from then on
     * @param who what the entry's who contains
     * @param action the action
     * @param limit how many at most: the newest
     * @return the oldest first
     */
    List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit);

    /**
     * Goes through all rows: whether each is as it was written, none is missing between two, and none after the last that
     * is known from outside the database.
     *
     * @return what is wrong with the first bad row; empty if all is as it was written
     */
    Optional<String> verify();
}
