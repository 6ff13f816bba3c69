// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an administrator does to the store as a whole. The service is there while the store is open. Safe for use by
 * several threads; calls take turns, and the host works on meanwhile.
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
     * What was found sound.
     *
     * @param tables how many tables
     * @param histories how many histories, one for each job
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
     * Gives the disk space of deleted jobs back. Changes and questions may have to wait meanwhile, and there must be room
     * for a copy of the largest table.
     *
     * @return how many bytes were given back
     * @throws io.jobyard.api.StoreException if it cannot be done; or if the caller was interrupted: then it is still
     *     brought to its end
     */
    long compact();

    /**
     * What reading took.
     *
     * @param count how many questions were answered
     * @param total how long those who asked waited for the answers, all together
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
     * What reading the store took since it was opened. Answers at once.
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
