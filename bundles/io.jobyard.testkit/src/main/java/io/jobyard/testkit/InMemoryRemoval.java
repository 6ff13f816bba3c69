// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.scheduling.AdmittedJob;
import io.jobyard.api.spi.scheduling.JobRemoval;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Takes ended jobs out of the tables. Keeps nothing between its calls. */
final class InMemoryRemoval implements JobRemoval {

    private final InMemoryTables rows;
    private final InMemoryCommits commits;

    InMemoryRemoval(InMemoryTables rows, InMemoryCommits commits) {
        this.rows = rows;
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
        // it keeps nothing
    }

    private List<StoredJob> unneeded(Collection<StoredJob> jobs) {
        Set<JobId> needed = new HashSet<>();
        rows.jobs.values().stream()
                .filter(job -> !job.job().status().isFinal())
                .forEach(job -> needed.addAll(rows.admissions.get(job.id()).dependencies()));
        return jobs.stream()
                .filter(job -> job.equals(rows.jobs.get(job.id())))
                .filter(job -> job.job().status().isFinal())
                .filter(job -> !needed.contains(job.id()))
                .filter(job -> !rows.edges.containsKey(job.id()) && !rows.markers.contains(job.id()))
                .toList();
    }

    private List<StoredJob> take(Collection<StoredJob> jobs) {
        List<StoredJob> gone = unneeded(jobs);
        for (StoredJob job : gone) {
            JobId id = job.id();
            AdmittedJob admitted = rows.admissions.remove(id);
            admitted.dependencies().forEach(parent -> {
                InMemoryTables.remove(rows.edges, parent, id);
                InMemoryTables.remove(rows.blames, parent, id);
            });
            for (Map<JobId, ?> table : List.of(rows.jobs, rows.results, rows.history, rows.logs)) {
                table.remove(id);
            }
            rows.events.forget(id);
        }
        return gone;
    }
}
