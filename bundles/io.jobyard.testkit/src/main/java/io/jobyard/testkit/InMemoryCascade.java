// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.ReleaseCascade;
import io.jobyard.spi.store.ReleaseRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A change and the dependents that it releases. Guarded by the lock of the tables. */
final class InMemoryCascade implements ReleaseCascade.CascadeTables<RuntimeException> {

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryCascade.class);

    private record CascadeChange(Move move, Committed committed) {}

    /** Exception of a rule. */
    private static final class RuleFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RuleFailure(RuntimeException cause) {
            super(cause);
        }
    }

    private final InMemoryTables tables;
    private final ReleaseCascade cascade = new ReleaseCascade();
    private final List<CascadeChange> done = new ArrayList<>();

    InMemoryCascade(InMemoryTables tables) {
        this.tables = tables;
    }

    /** Returns the changes, the requested one first; empty if that job had changed meanwhile. */
    List<Committed> move(Move move, @Nullable ReleaseRule rule) {
        tables.move(move).ifPresent(change -> changed(move, change, rule == null ? null : guarded(rule)));
        try {
            cascade.release(this);
        } catch (RuleFailure e) {
            LOG.warn("The rule failed: its dependents wait for a release marker", e.getCause());
        }
        return done.stream()
                .map(change -> tables.committed(
                        change.committed().before(),
                        change.move(),
                        change.committed().event()))
                .toList();
    }

    private static ReleaseRule guarded(ReleaseRule rule) {
        return (job, edges) -> {
            try {
                return rule.release(job, edges);
            } catch (RuntimeException e) {
                throw new RuleFailure(e);
            }
        };
    }

    private void changed(Move move, Committed change, @Nullable ReleaseRule rule) {
        done.add(new CascadeChange(move, change));
        cascade.changed(move.after(), rule);
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
        for (ReleaseCascade.Dependent dependent : dependents) {
            Move move = dependent.move();
            changed(move, tables.move(move).orElseThrow(), dependent.rule());
        }
    }

    @Override
    public void settled(Set<JobId> parents) {
        tables.released(parents);
    }
}
