// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What applications have submitted from SQL, in transactions of their own, until a host takes it. The service is there
 * while the store is open, if its database has such an inbox. One host at a time takes from it, but for moments in which two may be at
 * the same entry: then one of them takes it. Safe for use by several threads, but for {@link #await}.
 */
@ProviderType
public interface SubmissionInbox {

    /**
     * Waits until there may be something. For one thread at a time.
     *
     * @param atMost for how long at most: nobody is told of everything
     * @return whether a look is due; false if nobody told of anything, and a look from time to time is enough
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    boolean await(Duration atMost) throws InterruptedException;

    /**
     * What waits, the oldest first; nothing if another host takes from the inbox now.
     *
     * @param limit how many at most; fewer if they are long, but one if there is one
     * @param maxBytes how long a specification may be; a longer one is not read
     * @return the entries that are committed
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    List<InboxEntry> waiting(int limit, int maxBytes);

    /**
     * Stores a job and takes the entry away, in one commit.
     *
     * @param job the job that was decided on for it
     * @return completed after the commit: true, or false if the entry was gone and nothing was
     *     stored; exceptionally with {@link KeyTakenException}, with {@link io.jobyard.api.ValidationException} if the
     *     database does not take this job as it is, or with {@link io.jobyard.api.StoreException} if it takes none now
     */
    CompletableFuture<Boolean> admit(InboxEntry entry, AdmittedJob job);

    /**
     * Takes entries away, if they are still there, and keeps them among those that were refused, of which the newest are
     * kept.
     *
     * @param refusals why, for whoever asks what became of each
     * @return completed after the commit; exceptionally with {@link io.jobyard.api.StoreException}
     */
    CompletableFuture<Void> refuse(Map<InboxEntry, String> refusals);

    /**
     * Reads what was refused lately, by any host. All hosts may ask, not only the one that takes from the inbox.
     *
     * @param within how long ago at most, by the clock of the database
     * @param limit how many to count at most; it looks at that many of the newest submissions among the refused ones
     * @return how many were refused, and the latest; empty if none was
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    Optional<RefusedSubmissions> refused(Duration within, int limit);
}
