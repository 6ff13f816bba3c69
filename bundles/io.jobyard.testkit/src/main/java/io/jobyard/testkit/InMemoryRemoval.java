// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.JobRemoval;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Removes finished jobs from the tables. Keeps no state between its calls. */
final class InMemoryRemoval implements JobRemoval {

    private final InMemoryTables tables;
    private final InMemoryCommits commits;

    InMemoryRemoval(InMemoryTables tables, InMemoryCommits commits) {
        this.tables = tables;
        this.commits = commits;
    }

    @Override
    public List<StoredJob> removable(Collection<StoredJob> jobs) {
        return commits.read(() -> unneeded(jobs));
    }

    @Override
    public CompletableFuture<List<StoredJob>> remove(Collection<StoredJob> jobs) {
        List<StoredJob> copy = List.copyOf(jobs);
        return commits.remove(() -> take(copy));
    }

    @Override
    public void close() {
        // no state to release
    }

    private List<StoredJob> unneeded(Collection<StoredJob> jobs) {
        Set<JobId> needed = new HashSet<>();
        tables.jobs.values().stream()
                .filter(job -> !job.job().status().isFinished())
                .forEach(job -> {
                    needed.addAll(tables.admission(job.id()).dependencies());
                    needed.addAll(tables.work.awaitedChildren(job.id()));
                });
        return jobs.stream()
                .filter(job -> job.equals(tables.jobs.get(job.id())))
                .filter(job -> job.job().status().isFinished())
                .filter(job -> !needed.contains(job.id()))
                .filter(job -> !tables.edges.containsKey(job.id()) && !tables.markers.contains(job.id()))
                .toList();
    }

    private List<StoredJob> take(Collection<StoredJob> jobs) {
        List<StoredJob> gone = unneeded(jobs);
        for (StoredJob job : gone) {
            JobId id = job.id();
            AdmittedJob admitted = Objects.requireNonNull(tables.admissions.remove(id));
            Stream.concat(admitted.dependencies().stream(), tables.work.children(id))
                    .forEach(parent -> {
                        InMemoryTables.remove(tables.edges, parent, id);
                        InMemoryTables.remove(tables.blames, parent, id);
                    });
            JobKey held = JobKey.heldBy(job);
            if (held != null) {
                tables.indexes.keys.remove(held, id);
            }
            tables.groups.removed(job);
            tables.work.removed(id);
            Fire fire = job.job().terms().identity().fire();
            if (fire != null) {
                tables.fires.remove(fire);
            }
            for (Map<JobId, ?> table : List.of(tables.jobs, tables.results, tables.history, tables.logs)) {
                table.remove(id);
            }
        }
        return gone;
    }
}
