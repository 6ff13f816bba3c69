// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.RefusedSubmissions;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.store.jpa.cluster.SubmissionSignals;
import io.jobyard.store.jpa.commit.CommitFailure;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.InboxAdmission;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.rows.SubmissionTables;
import io.jobyard.store.jpa.sql.ReadPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * SQL submissions. Only the leader processes them; other hosts read only the rejected ones. Changes are always accepted, because each
 * caller waits for its answer.
 */
final class JpaSubmissionInbox implements SubmissionInbox {

    private final Inbox inbox;
    private final ReadPool readers;
    private final Leadership leadership;
    private final SubmissionSignals signals;

    JpaSubmissionInbox(Inbox inbox, ReadPool readers, Leadership leadership, SubmissionSignals signals) {
        this.inbox = inbox;
        this.readers = readers;
        this.leadership = leadership;
        this.signals = signals;
    }

    void close() {
        signals.close();
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
        if (leadership.isMine()) {
            return signals.await(atMost);
        }
        Thread.sleep(atMost.toMillis());
        return false;
    }

    @Override
    public List<InboxEntry> waiting(int limit, int maxBytes) {
        if (!leadership.isMine()) {
            return List.of();
        }
        return readers.ask(session -> SubmissionTables.waiting(session, limit, maxBytes));
    }

    @Override
    public CompletableFuture<Boolean> admit(InboxEntry entry, AdmittedJob job) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return inbox.submit(new InboxAdmission(entry.number(), job, future), future)
                .exceptionally(JpaSubmissionInbox::refused);
    }

    /** Returns whether the store rejected the submission itself; false if the database failed. */
    private static boolean refused(Throwable fault) {
        Throwable cause = Futures.cause(fault);
        if (cause instanceof StoreException && cause.getCause() instanceof CommitFailure) {
            throw new ValidationException(String.valueOf(cause.getMessage()));
        }
        throw cause instanceof RuntimeException told ? told : new CompletionException(cause);
    }

    @Override
    public CompletableFuture<Void> refuse(Map<InboxEntry, String> refusals) {
        Map<Long, String> reasons = new TreeMap<>();
        refusals.forEach((entry, why) -> reasons.put(entry.number(), why));
        return inbox.write(transaction -> SubmissionTables.refuse(transaction.session(), reasons));
    }

    @Override
    public Optional<RefusedSubmissions> refused(Duration within, int limit) {
        return readers.ask(session -> SubmissionTables.refused(session, within, limit));
    }
}
