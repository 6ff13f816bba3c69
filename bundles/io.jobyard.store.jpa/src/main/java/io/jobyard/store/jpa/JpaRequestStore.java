// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.RequestAdmission;
import io.jobyard.store.jpa.rows.RequestTable;
import io.jobyard.store.jpa.sql.ReadPool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Requests with a request key, which are executed only once. They wait for space in the inbox like all admissions. */
final class JpaRequestStore implements RequestStore {

    private final Inbox inbox;
    private final ReadPool readers;

    JpaRequestStore(Inbox inbox, ReadPool readers) {
        this.inbox = inbox;
        this.readers = readers;
    }

    @Override
    public CompletableFuture<Boolean> admit(KeptRequest request, List<AdmittedJob> jobs) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return inbox.admit(new RequestAdmission(request, List.copyOf(jobs), future), future);
    }

    @Override
    public CompletableFuture<Void> settle(KeptRequest begun, @Nullable String answer) {
        return inbox.write(transaction -> RequestTable.settle(transaction.session(), begun, answer));
    }

    @Override
    public Optional<KeptRequest> find(String submitter, String key) {
        return readers.ask(session -> RequestTable.find(session, submitter, key));
    }

    @Override
    public CompletableFuture<Integer> forget(Instant until, int limit) {
        AtomicInteger forgotten = new AtomicInteger();
        return inbox.write(transaction -> forgotten.set(RequestTable.forget(transaction.session(), until, limit)))
                .thenApply(done -> forgotten.get());
    }
}
