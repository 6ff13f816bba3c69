// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Stores, reads and verifies the audit. Does not check permissions; the interfaces do. */
@ProviderType
public interface AuditTrail {

    /**
     * Appends an entry. Returns after the commit.
     *
     * @throws io.jobyard.api.StoreException if it was not stored
     */
    void add(AuditEntry entry);

    /**
     * Reads all rows until the reader returns false, one incarnation after the other, in the order of their numbers; a page at a time,
     * however many rows exist.
     */
    void each(Predicate<AuditRow> reader);

    /**
     * Removes the rows from before an instant: of each incarnation those before the first newer one. First records in the audit itself the
     * last removed row and its seal, so that the rest can still be verified.
     *
     * @param before rows from before this instant are removed
     * @param dryRun whether to count only
     * @return number of removed rows
     * @throws io.jobyard.api.StoreException if the store fails; rows removed by then stay removed
     */
    long cut(Instant before, boolean dryRun);

    /** Finds the newest entries, the oldest first; null matches all. The entry's who contains the requested text. */
    List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit);

    /**
     * Verifies all rows: each must be unchanged, with no missing row or incarnation in between, and no missing row at the end of each
     * incarnation whose end is known from outside the database. Then verifies the histories of all finished jobs: each must be unchanged
     * since its job ended, and none may be missing.
     *
     * @return the problem of the first bad row, missing incarnation or bad history; empty if all is unchanged
     * @throws io.jobyard.api.StoreException if another verification is in progress, or the store does not answer
     */
    Optional<String> verify();
}
