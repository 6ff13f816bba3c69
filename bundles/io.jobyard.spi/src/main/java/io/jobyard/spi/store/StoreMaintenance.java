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
     * Copies the store while it is used, and then opens the copy and checks it. The copy holds all that was committed
     * before the call. If it fails, what was copied so far is removed.
     *
     * @param directory where the copy goes; must be empty, or not exist: then it is made, for its owner alone
     * @return how many bytes the copy takes
     * @throws io.jobyard.api.ValidationException if the directory will not do
     * @throws io.jobyard.api.StoreException if the copy cannot be made, or the caller was interrupted: then it is still
     *     brought to its end
     */
    long backup(Path directory);

    /**
     * Result of a check without errors.
     *
     * @param tables number of tables
     * @param histories number of histories, one for each job
     */
    record SoundStore(int tables, long histories) {}

    /**
     * Reads every table and compares it with its indexes, then every history: whether it is whole and ends with what its job
     * is now. Looks for stored JSON that cannot be read. Changes may have to wait while the tables are read.
     *
     * @return how much was found sound
     * @throws io.jobyard.api.StoreException if a table is damaged, with its name; if histories are broken, with how many, and the
     *     jobs of some; if JSON of jobs cannot be read, with some of them; or if the caller was interrupted
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

        /**
         * Adds up.
         *
         * @return both
         */
        public Reads and(Reads other) {
            return new Reads(count + other.count, total.plus(other.total));
        }
    }

    /**
     * Returns the cost of reads since the store was opened. Answers at once.
     *
     * @return the sums
     */
    Reads reads();

    /**
     * How the thread that writes does.
     *
     * @param stalledFor how long it has stored nothing while something waits, or has failed at the same kind of change; zero if that is
     *     not 10 seconds
     * @param fault the name of the exception at which it fails; null if it does not fail
     * @param failures how many changes it could not store since the store was opened, for no reason of their own
     * @param failedListeners how often a listener to commits threw since then
     */
    record Commits(Duration stalledFor, @Nullable String fault, long failures, long failedListeners) {}

    /**
     * How the thread that writes does now. Answers at once.
     *
     * @return what is known of it
     */
    Commits commits();
}
