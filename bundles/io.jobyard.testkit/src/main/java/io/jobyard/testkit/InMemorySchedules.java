// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.schedules.StoredSchedule;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Schedules in memory. */
final class InMemorySchedules implements ScheduleStore {

    private final InMemoryTables tables;
    private final InMemoryCommits commits;
    private final UUID incarnation;

    InMemorySchedules(InMemoryTables tables, InMemoryCommits commits, UUID incarnation) {
        this.tables = tables;
        this.commits = commits;
        this.incarnation = incarnation;
    }

    @Override
    public CompletableFuture<Boolean> store(ScheduleChange change) {
        boolean[] won = {false};
        CompletableFuture<Boolean> stored = commits.change(
                () -> {
                    Optional<List<Committed>> done = tables.change(change);
                    won[0] = done.isPresent();
                    return done.orElse(List.of());
                },
                done -> won[0]);
        AuditEntry audit = change.audit();
        return audit == null ? stored : stored.thenCompose(done -> told(change.name(), audit, done));
    }

    private CompletableFuture<Boolean> told(String name, AuditEntry audit, boolean won) {
        return !won
                ? CompletableFuture.completedFuture(false)
                : commits.write(() -> tables.audit.append(incarnation, audit), listener -> listener.scheduled(name))
                        .thenApply(done -> true);
    }

    @Override
    public List<StoredSchedule> schedules() {
        return commits.read(() -> List.copyOf(tables.schedules.values()));
    }

    @Override
    public Optional<StoredSchedule> schedule(String name) {
        return commits.read(() -> Optional.ofNullable(tables.schedules.get(name)));
    }

    @Override
    public List<StoredJob> latestJobs(String name, int limit) {
        return commits.read(() -> tables.fires.descendingMap().entrySet().stream()
                .filter(fire -> fire.getKey().schedule().equals(name))
                .limit(limit)
                .map(fire -> tables.jobs.get(fire.getValue()))
                .toList());
    }

    @Override
    public Optional<JobId> jobOf(Fire fire) {
        return commits.read(() -> Optional.ofNullable(tables.fires.get(fire)));
    }
}
