// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Maintenance of the whole store. The service is registered while the store is open. Safe for use by several threads; calls run one after
 * the other, and the host continues to work.
 */
@ProviderType
public interface StoreMaintenance {

    /**
     * Copies the store while it is in use, and then opens the copy and checks it. The copy contains everything that was committed before
     * the call. After a failure, the partial copy is removed.
     *
     * @param directory target directory, which must be empty or missing; a missing directory is created with access only for its owner
     * @return size of the copy in bytes
     * @throws io.jobyard.api.ValidationException if the directory is unsuitable
     * @throws io.jobyard.api.StoreException if the copy is impossible, or the caller was interrupted, in which case it is still completed
     */
    long backup(Path directory);

    /**
     * Result of a check without errors.
     *
     * @param histories number of histories, one for each job
     */
    record SoundStore(int tables, long histories) {}

    /**
     * Compares every table with its indexes. Then checks every history, which must be complete and end with the current state of its job,
     * and finds stored JSON that cannot be read. Changes may have to wait while the tables are read.
     *
     * @return number of checked objects
     * @throws io.jobyard.api.StoreException if a table is damaged, with its name; if histories are broken, with their number, and some of
     * their jobs; if JSON of jobs cannot be read, with some of them; or if the caller was interrupted
     */
    SoundStore check();

    /**
     * Releases the disk space of deleted jobs. Changes and reads may have to wait meanwhile, and the disk must have space for a copy of the
     * largest table.
     *
     * @return number of released bytes
     * @throws io.jobyard.api.StoreException if it is impossible; or if the caller was interrupted, in which case it is still completed
     */
    long compact();

    /**
     * Cost of reads.
     *
     * @param count number of answered queries
     * @param total total waiting time of the callers
     */
    record Reads(long count, Duration total) {

        /** Adds two results. */
        public Reads and(Reads other) {
            return new Reads(count + other.count, total.plus(other.total));
        }
    }

    /** Returns the cost of reads since the store was opened. Returns immediately. */
    Reads reads();

    /**
     * State of the writing thread.
     *
     * @param stalledFor time for which it has stored nothing while changes wait, or has failed at the same kind of change; zero for less
     * than 10 seconds
     * @param fault name of its current exception; null for none
     * @param failures number of changes that it could not store since the store was opened, for reasons outside the changes
     * @param failedListeners number of exceptions of commit listeners since then
     */
    record Commits(Duration stalledFor, @Nullable String fault, long failures, long failedListeners) {}

    /** Returns the current state of the writing thread. Returns immediately. */
    Commits commits();
}
