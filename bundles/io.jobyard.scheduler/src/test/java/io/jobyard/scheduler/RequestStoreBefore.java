// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.spi.store.RequestStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Does something just before a request is stored. */
record RequestStoreBefore(RequestStore store, Runnable before) implements RequestStore {

    @Override
    public CompletableFuture<Boolean> admit(KeptRequest request, List<AdmittedJob> jobs) {
        before.run();
        return store.admit(request, jobs);
    }

    @Override
    public CompletableFuture<Void> settle(KeptRequest begun, @Nullable String answer) {
        return store.settle(begun, answer);
    }

    @Override
    public Optional<KeptRequest> find(String submitter, String key) {
        return store.find(submitter, key);
    }

    @Override
    public CompletableFuture<Integer> forget(Instant until, int limit) {
        return store.forget(until, limit);
    }
}
