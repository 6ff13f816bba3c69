// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.scheduling.Edge;
import io.jobyard.api.spi.scheduling.ReleaseCascade;
import io.jobyard.api.spi.scheduling.ReleaseRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A change and the dependents that it takes along. Guarded by whoever holds the tables. */
final class InMemoryCascade implements ReleaseCascade.Tables<RuntimeException> {

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryCascade.class);

    private final InMemoryTables tables;
    private final ReleaseCascade cascade = new ReleaseCascade();
    private final Map<Committed, Move> done = new LinkedHashMap<>();

    InMemoryCascade(InMemoryTables tables) {
        this.tables = tables;
    }

    /** What changed, the asked one first; nothing if that job had changed meanwhile. */
    List<Committed> move(Move move, @Nullable ReleaseRule rule) {
        change(move, rule);
        try {
            cascade.release(this);
        } catch (RuntimeException e) {
            LOG.warn("The rule failed: its dependents wait for a release marker", e);
        }
        return done.entrySet().stream()
                .map(each -> tables.committed(
                        each.getKey().before(), each.getValue(), each.getKey().event()))
                .toList();
    }

    private void change(Move move, @Nullable ReleaseRule rule) {
        tables.move(move).ifPresent(change -> {
            done.put(change, move);
            cascade.changed(change.after(), rule);
        });
    }

    @Override
    public List<Edge> edges(Map<JobId, JobStatus> ended) {
        List<Edge> edges = new ArrayList<>();
        ended.forEach((parent, outcome) -> tables.edges
                .getOrDefault(parent, new TreeSet<>())
                .forEach(child -> edges.add(new Edge(parent, outcome, child))));
        return edges;
    }

    @Override
    public List<StoredJob> jobs(Collection<JobId> ids) {
        return ids.stream().map(tables.jobs::get).toList();
    }

    @Override
    public void move(List<ReleaseCascade.Dependent> dependents) {
        dependents.forEach(dependent -> change(dependent.move(), dependent.rule()));
    }

    @Override
    public void settled(Set<JobId> parents) {
        tables.released(parents);
    }
}
