// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Storage, reading and verification of the audit. Does not check permissions; the interfaces do. */
@ProviderType
public interface AuditTrail {

    /**
     * Appends an entry. Returns after the commit.
     *
     * @throws io.jobyard.api.StoreException if it was not stored
     */
    void add(AuditEntry entry);

    /**
     * Reads all rows until the reader returns false, one incarnation after the other, in the order of their numbers. Reads page by page, so
     * the number of rows may be large.
     */
    void each(Predicate<AuditRow> reader);

    /**
     * Removes rows: for each incarnation, all rows before the first one that is not older than the instant. First records the last removed
     * row and its seal in the audit, so that the remaining rows can still be verified.
     *
     * @param before instant; older rows are removed
     * @param dryRun whether to count without removing
     * @return number of removed rows
     * @throws io.jobyard.api.StoreException if the store fails; rows that were already removed stay removed
     */
    long cut(Instant before, boolean dryRun);

    /** Returns the newest matching entries, the oldest first. Null matches all. The caller of an entry must contain the requested text. */
    List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit);

    /**
     * Verifies that all rows are unchanged, and that no row or incarnation is missing. Rows at the end of an incarnation can only be
     * verified if its end is recorded outside the database. Then verifies the histories of all finished jobs: each must be unchanged since
     * its job finished, and none may be missing.
     *
     * @return the problem of the first bad row, missing incarnation or bad history; empty if all is unchanged
     * @throws io.jobyard.api.StoreException if another verification is in progress, or the store does not answer
     */
    Optional<String> verify();
}
