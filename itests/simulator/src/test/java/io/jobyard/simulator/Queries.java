// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StartedCount;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.ReleaseSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers from what is committed that are more than a look-up. */
final class Queries {

    private final Database rows;
    private final SeededFault fault;

    Queries(Database rows, SeededFault fault) {
        this.rows = rows;
        this.fault = fault;
    }

    private Stream<StoredJob> jobs() {
        return rows.jobs.rows().values().stream();
    }

    private Stream<StoredJob> jobs(JobStatus status) {
        return jobs().filter(job -> job.status() == status);
    }

    List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit) {
        return jobs(JobStatus.QUEUED)
                .filter(job -> job.lane().equals(lane))
                .map(job -> new ReadyJob(job.readyAt(), job.id(), job.estimate()))
                .filter(position -> after == null || position.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    List<StoredJob> lostRuns(UUID asking, int limit) {
        Predicate<UUID> isLost = fault == SeededFault.LIVING_RUNS_ARE_LOST
                ? holder -> !asking.equals(holder)
                : holder -> rows.hasEnded(holder);
        return jobs(JobStatus.RUNNING)
                .filter(job -> isLost.test(job.incarnation()))
                .limit(limit)
                .toList();
    }

    List<StoredJob> due(Instant until, int limit) {
        return jobs().filter(job -> job.dueAt() != null && !job.dueAt().isAfter(until))
                .sorted(Comparator.comparing(StoredJob::dueAt).thenComparing(StoredJob::id))
                .limit(limit)
                .toList();
    }

    Optional<Instant> nextDue() {
        return jobs().map(StoredJob::dueAt).filter(due -> due != null).min(Instant::compareTo);
    }

    ReleaseSlice releases(int limit) {
        Set<JobId> parents = new LinkedHashSet<>();
        List<Edge> edges = new ArrayList<>();
        for (JobId parent : rows.markers.rows().keySet()) {
            if (edges.size() < limit) {
                parents.add(parent);
                JobStatus outcome = rows.jobs.get(parent).status();
                rows.edges.rows().keySet().stream()
                        .filter(edge -> edge.parent().equals(parent))
                        .limit(limit - edges.size())
                        .forEach(edge -> edges.add(new Edge(parent, outcome, edge.child())));
            }
        }
        return new ReleaseSlice(parents, edges);
    }

    List<JobId> dependents(JobId parent, @Nullable JobId after, int limit) {
        return children(rows.edges.rows().keySet(), parent, after, limit);
    }

    List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit) {
        return children(rows.blames.rows().keySet(), parent, after, limit);
    }

    private static List<JobId> children(
            Collection<Database.Pair> pairs, JobId parent, @Nullable JobId after, int limit) {
        return pairs.stream()
                .filter(pair -> pair.parent().equals(parent))
                .map(Database.Pair::child)
                .filter(child -> after == null || child.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    StoreSnapshot snapshot() {
        Map<String, List<StoredJob>> byLane = jobs(JobStatus.QUEUED)
                .collect(Collectors.groupingBy(job -> job.lane().toString(), TreeMap::new, Collectors.toList()));
        return new StoreSnapshot(
                jobs().map(TallyKey::of).collect(Collectors.groupingBy(Function.identity(), Collectors.counting())),
                byLane.values().stream()
                        .map(lane -> new LaneCount(lane.get(0).lane(), lane.size(), oldest(lane)))
                        .toList(),
                jobs(JobStatus.RUNNING).toList(),
                started(),
                List.of(),
                List.of());
    }

    private List<StartedCount> started() {
        return jobs()
                .filter(job -> fault != SeededFault.STARTED_NOT_READ && StartedCount.counts(job))
                .map(job -> job.lane().limits())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> new StartedCount(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Instant oldest(List<StoredJob> lane) {
        return lane.stream().map(StoredJob::readyAt).min(Instant::compareTo).orElseThrow();
    }
}
