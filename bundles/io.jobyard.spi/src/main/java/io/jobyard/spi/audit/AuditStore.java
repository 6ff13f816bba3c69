// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rows of the audit: only appended, but for the oldest, which go after their time. The service is there while the store is open.
 * A future is completed after the commit.
 *
 * <p>Changes go through one writing thread, which commits what has arrived in one transaction and then completes each
 * caller's future; a change that fails does so alone.
 */
@ProviderType
public interface AuditStore {

    /**
     * Appends to the audit. Entries that go with another change are appended with it.
     *
     * @param entry what is to be said
     */
    CompletableFuture<Void> append(AuditEntry entry);

    /**
     * The audit of one life of the host.
     *
     * @param after only rows with higher numbers; 0 for all
     * @return by number
     */
    List<AuditRow> rows(UUID incarnation, long after, int limit);

    /**
     * The latest row of this life's audit.
     *
     * @return the row; empty if there is none
     */
    Optional<AuditRow> last();

    /**
     * Removes the first rows of one life's audit. Never the last of this life, by whose number and seal it goes on.
     *
     * @param upTo the number of the last row to go; few enough at a time that others need not wait
     */
    CompletableFuture<Void> cut(UUID incarnation, long upTo);

    /**
     * What the seals of the histories come to now.
     *
     * @return for each life of the host that has sealed any
     */
    List<HistorySeals> historySeals();

    /**
     * Goes through the histories of all jobs that have ended: whether each is as it was when its job ended, and none is missing
     * that was not removed. Jobs may end meanwhile. Takes as long as reading them takes.
     *
     * @return what is wrong with the first that is not; empty if all are as they were written
     * @throws io.jobyard.api.StoreException if somebody else asks just now, or the store does not answer
     */
    Optional<String> verifyHistories();

    /**
     * The lives of the host of which there is an audit.
     *
     * @return their ids
     */
    List<UUID> audited();

    /**
     * The lives of the host that the store knows of, whether there is an audit of them or not. The audit of each begins with
     * an {@link AuditBegin}, stored with the life itself.
     *
     * @return their ids, the first life first
     */
    List<UUID> lives();
}
