// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.EventCursor;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.store.AdmittedJob;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Positions of followers, in memory. */
record InMemoryFollowers(InMemoryTables tables, InMemoryCommits commits) implements FollowerStore {

    @Override
    public Optional<EventCursor> position(String follower) {
        return commits.read(() -> Optional.ofNullable(tables.followers.get(follower)));
    }

    @Override
    public CompletableFuture<Boolean> advance(
            String follower, @Nullable EventCursor before, EventCursor after, List<AdmittedJob> jobs) {
        List<AdmittedJob> copy = List.copyOf(jobs);
        boolean[] won = {false};
        return commits.change(
                () -> {
                    won[0] = Objects.equals(tables.followers.get(follower), before);
                    if (!won[0]) {
                        return List.of();
                    }
                    tables.followers.put(follower, after);
                    return tables.admit(copy);
                },
                done -> won[0]);
    }
}
