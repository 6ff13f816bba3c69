// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps, reads and proves the audit. Asks nobody whether the caller may: the faces do. */
@ProviderType
public interface AuditTrail {

    /**
     * Appends an entry. Returns after the commit.
     *
     * @param entry what is to be said
     * @throws io.jobyard.api.StoreException if it was not stored
     */
    void add(AuditEntry entry);

    /**
     * Goes through all rows, one life of the host after the other, in the order of their numbers; a page at a time, however
     * many there are.
     *
     * @param reader gets each row; false ends it
     */
    void each(Predicate<AuditRow> reader);

    /**
     * Removes the rows from before an instant: of each life those ahead of the first that is not so old. States in the audit
     * itself, before it removes them, up to which row and by which seal; so what stays can still be proven.
     *
     * @param before what is older goes
     * @param dryRun whether to count only
     * @return how many rows went, or would
     * @throws io.jobyard.api.StoreException if the store fails; what is removed by then is gone
     */
    long cut(Instant before, boolean dryRun);

    /**
     * Finds entries; what is null does not narrow.
     *
     * @param who what the entry's who contains
     * @param limit how many at most: the newest
     * @return the oldest first
     */
    List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit);

    /**
     * Goes through all rows: whether each is as it was written, none is missing between two, no life between two, and
     * nothing after the last row of each life that is known from outside the database. Then through the histories of all jobs
     * that have ended: whether each is as it was when its job ended, and none is missing.
     *
     * @return what is wrong with the first bad row, missing life or bad history; empty if all is as it was written
     * @throws io.jobyard.api.StoreException if somebody else asks just now, or the store does not answer
     */
    Optional<String> verify();
}
