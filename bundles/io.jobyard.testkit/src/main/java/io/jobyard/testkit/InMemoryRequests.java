// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.spi.store.RequestStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests with a request key, in memory. */
record InMemoryRequests(InMemoryTables tables, InMemoryCommits commits) implements RequestStore {

    @Override
    public CompletableFuture<Boolean> admit(KeptRequest request, List<AdmittedJob> jobs) {
        List<AdmittedJob> copy = List.copyOf(jobs);
        boolean[] isNew = {false};
        return commits.change(
                () -> {
                    Optional<List<Committed>> done = tables.keep(request, copy);
                    isNew[0] = done.isPresent();
                    return done.orElse(List.of());
                },
                done -> isNew[0]);
    }

    @Override
    public CompletableFuture<Void> settle(KeptRequest begun, @Nullable String answer) {
        return commits.write(() -> {
            List<String> key = List.of(begun.submitter(), begun.key());
            tables.requests.computeIfPresent(
                    key,
                    (same, kept) ->
                            !kept.at().equals(begun.at()) ? kept : answer == null ? null : begun.answered(answer));
        });
    }

    @Override
    public Optional<KeptRequest> find(String submitter, String key) {
        return commits.read(() -> Optional.ofNullable(tables.requests.get(List.of(submitter, key))));
    }

    @Override
    public CompletableFuture<Integer> forget(Instant until, int limit) {
        int[] forgotten = {0};
        return commits.write(() -> {
                    List<KeptRequest> old = tables.requests.values().stream()
                            .filter(request -> !request.until().isAfter(until))
                            .sorted(Comparator.comparing(KeptRequest::until))
                            .limit(limit)
                            .toList();
                    tables.requests.values().removeAll(old);
                    forgotten[0] = old.size();
                })
                .thenApply(done -> forgotten[0]);
    }
}
