// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.AdmittedJob;
import io.jobyard.api.spi.StoredJob;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes ended jobs out of the tables. Guarded by whoever holds them. */
final class InMemoryRemoval {

    private final InMemoryTables rows;

    InMemoryRemoval(InMemoryTables rows) {
        this.rows = rows;
    }

    List<StoredJob> removable(Collection<StoredJob> jobs) {
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

    List<StoredJob> remove(Collection<StoredJob> jobs) {
        List<StoredJob> gone = removable(jobs);
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
