// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.spi.usage.UsageStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Use by runs, in memory. */
final class InMemoryUsage implements UsageStore {

    private final InMemoryTables tables;
    private final InMemoryCommits commits;

    InMemoryUsage(InMemoryTables tables, InMemoryCommits commits) {
        this.tables = tables;
        this.commits = commits;
    }

    @Override
    public CompletableFuture<Void> keep(List<RunUse> uses) {
        return commits.write(() -> uses.forEach(tables::use));
    }

    @Override
    public List<RunUse> uses(JobId job) {
        return commits.read(() -> tables.uses.values().stream()
                .filter(use -> use.run().job().equals(job))
                .sorted(Comparator.comparingInt((RunUse one) -> one.run().number())
                        .thenComparing(RunUse::unit))
                .toList());
    }

    @Override
    public List<RunUse> uses(Instant since, Instant until, @Nullable RunUse after, int limit) {
        return commits.read(() -> tables.uses.values().stream()
                .filter(use -> !use.run().startedAt().isBefore(since)
                        && use.run().startedAt().isBefore(until))
                .filter(use -> after == null || InMemoryTables.USE_ORDER.compare(use, after) > 0)
                .limit(limit)
                .toList());
    }

    @Override
    public CompletableFuture<Integer> forget(Instant before, int limit) {
        List<RunUse> old = uses(Instant.EPOCH, before, null, limit);
        return commits.write(() -> old.forEach(tables.uses::remove)).thenApply(done -> old.size());
    }
}
