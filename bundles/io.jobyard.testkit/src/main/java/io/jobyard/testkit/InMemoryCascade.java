// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.Edge;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.ReleaseRule;
import io.jobyard.api.spi.StoredJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A change and the dependents that it takes along: round by round, while there are few. */
final class InMemoryCascade {

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryCascade.class);

    private final InMemoryTables rows;
    private final ReleaseRule rule;
    private final List<Committed> done = new ArrayList<>();

    InMemoryCascade(InMemoryTables rows, ReleaseRule rule) {
        this.rows = rows;
        this.rule = rule;
    }

    /** What changed, the asked one first; nothing if that job had changed meanwhile. */
    List<Committed> move(Move move) {
        rows.move(move).ifPresent(done::add);
        int from = 0;
        for (int room = JobRepository.MAX_DEPENDENTS; from < done.size(); ) {
            List<Edge> edges = done.subList(from, done.size()).stream()
                    .flatMap(this::edges)
                    .toList();
            from = done.size();
            room -= edges.size();
            if (room < 0 || !release(edges)) {
                break;
            }
        }
        return done.stream().map(this::told).toList();
    }

    private Stream<Edge> edges(Committed change) {
        JobId parent = change.after().id();
        JobStatus outcome = change.after().job().status();
        Set<JobId> children = outcome.isFinal() ? rows.edges.getOrDefault(parent, new TreeSet<>()) : Set.of();
        return children.stream().map(child -> new Edge(parent, outcome, child));
    }

    private boolean release(List<Edge> edges) {
        Map<JobId, List<Edge>> byChild = new LinkedHashMap<>();
        edges.forEach(edge -> byChild.computeIfAbsent(edge.child(), child -> new ArrayList<>())
                .add(edge));
        List<Move> moves = new ArrayList<>();
        try {
            byChild.forEach((child, mine) -> moves.add(rule.release(job(child), mine)));
        } catch (RuntimeException e) {
            LOG.warn("The rule failed: its dependents are left to a marker", e);
            return false;
        }
        moves.forEach(release -> done.add(rows.move(release).orElseThrow()));
        edges.forEach(edge -> rows.released(Set.of(edge.parent())));
        return true;
    }

    private StoredJob job(JobId id) {
        return Objects.requireNonNull(rows.jobs.get(id));
    }

    private Committed told(Committed change) {
        boolean ended = change.after().job().status().isFinal();
        boolean releases = change.releases()
                && (!ended || rows.markers.contains(change.after().id()));
        return new Committed(change.before(), change.after(), releases, change.event());
    }
}
