// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Inbox of jobs that applications submit with SQL, in their own transactions. The service is registered while the store is open, if its
 * database has such an inbox. Normally one host processes it. If two hosts read the same entry, only one of them takes it. Safe for use by
 * several threads, except for {@link #await}.
 */
@ProviderType
public interface SubmissionInbox {

    /**
     * Waits until there may be new entries. Only for one thread at a time.
     *
     * @param atMost maximum wait, because not every entry causes a notification
     * @return whether to check now; false without a notification, when periodic checks are enough
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    boolean await(Duration atMost) throws InterruptedException;

    /**
     * Returns waiting entries, the oldest first; empty if another host processes the inbox now.
     *
     * @param limit maximum number of entries; long entries reduce the number, but at least one is returned if any exists
     * @param maxBytes maximum size of a specification; a longer one is not read
     * @return the committed entries
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    List<InboxEntry> waiting(int limit, int maxBytes);

    /**
     * Stores a job and removes its entry, in one commit.
     *
     * @return completed after the commit: true, or false if the entry no longer existed and nothing was stored; exceptionally with {@link
     *     KeyTakenException}, with {@link io.jobyard.api.ValidationException} if the database rejects this job, or with {@link
     *     io.jobyard.api.StoreException} if it accepts none now
     */
    CompletableFuture<Boolean> admit(InboxEntry entry, AdmittedJob job);

    /**
     * Removes entries, if they still exist, and stores them as rejected. Only the newest rejected entries are retained.
     *
     * @param refusals reasons by entry, for later queries
     * @return completed after the commit; exceptionally with {@link io.jobyard.api.StoreException}
     */
    CompletableFuture<Void> refuse(Map<InboxEntry, String> refusals);

    /**
     * Returns submissions that any host has rejected recently. All hosts may call it, not only the one that takes from the inbox.
     *
     * @param within time span, by the clock of the database
     * @param limit maximum number to count; reads this many of the newest rejected submissions
     * @return their number, and the latest; empty without any
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    Optional<RefusedSubmissions> refused(Duration within, int limit);
}
