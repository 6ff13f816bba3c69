// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.Fire;
import io.jobyard.api.Job;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.ReleaseSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers what is more than a look-up. Guarded like the tables. */
final class InMemoryAnswers {

    private final InMemoryTables tables;

    InMemoryAnswers(InMemoryTables tables) {
        this.tables = tables;
    }

    List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit) {
        NavigableSet<ReadyJob> positions = tables.indexes.lanes.getOrDefault(lane, new TreeSet<>());
        NavigableSet<ReadyJob> behind = after == null ? positions : positions.tailSet(after, false);
        return behind.stream().limit(limit).toList();
    }

    List<StoredJob> lostRuns(UUID incarnation, int limit) {
        return tables.jobs.values().stream()
                .filter(job -> job.job().status() == JobStatus.RUNNING)
                .filter(job -> !incarnation.equals(job.books().incarnation()))
                .limit(limit)
                .toList();
    }

    List<StoredJob> due(Instant until, int limit) {
        return tables.indexes.timers.stream()
                .takeWhile(due -> !due.at().isAfter(until))
                .limit(limit)
                .map(due -> tables.jobs.get(due.id()))
                .toList();
    }

    Optional<Instant> nextDue() {
        return tables.indexes.timers.stream().findFirst().map(InMemoryIndexes.Due::at);
    }

    ReleaseSlice releases(int limit) {
        Set<JobId> parents = new LinkedHashSet<>();
        List<Edge> edges = new ArrayList<>();
        for (JobId parent : tables.markers) {
            if (edges.size() >= limit) {
                break;
            }
            parents.add(parent);
            JobStatus outcome = tables.jobs.get(parent).job().status();
            tables.edges.getOrDefault(parent, Collections.emptyNavigableSet()).stream()
                    .limit(limit - edges.size())
                    .forEach(child -> edges.add(new Edge(parent, outcome, child)));
        }
        return new ReleaseSlice(parents, edges);
    }

    JobPage find(JobQuery query, Set<String> routed) {
        boolean oldestFirst = query.order() == JobQuery.Order.OLDEST_FIRST;
        NavigableMap<JobId, StoredJob> jobs = oldestFirst ? tables.jobs : tables.jobs.descendingMap();
        NavigableMap<JobId, StoredJob> left = query.after() == null ? jobs : jobs.tailMap(query.after(), false);
        List<Job> found =
                meant(left, query.filter(), routed).limit(query.limit() + 1L).toList();
        return JobPage.of(found, query.limit());
    }

    private static Stream<Job> meant(NavigableMap<JobId, StoredJob> jobs, JobFilter filter, Set<String> routed) {
        return jobs.values().stream()
                .map(StoredJob::job)
                .filter(job -> filter.matches(job, standsIn(job, filter, routed)));
    }

    /** One queue of the filter for the types that are routed to any of these. */
    private static @Nullable String standsIn(Job job, JobFilter filter, Set<String> routed) {
        String queue = TallyKey.queue(job);
        return queue == null && routed.contains(job.type())
                ? filter.queues().stream().findFirst().orElse(null)
                : queue;
    }

    JobFacets facets(JobFilter filter, Set<String> routed, UnaryOperator<String> route) {
        List<Job> jobs = meant(tables.jobs, filter, routed).toList();
        return new JobFacets(
                jobs.size(),
                counts(jobs, Job::status),
                counts(jobs, job -> job.state().reason()),
                counts(jobs, Job::type),
                counts(jobs, job -> Objects.requireNonNullElseGet(TallyKey.queue(job), () -> route.apply(job.type()))),
                counts(jobs, Job::submitter),
                counts(jobs, InMemoryAnswers::schedule),
                new JobFacets.Coverage(null, null));
    }

    private static <K> Map<K, Long> counts(List<Job> jobs, Function<Job, @Nullable K> of) {
        Map<K, Long> counts = new HashMap<>();
        for (Job job : jobs) {
            K value = of.apply(job);
            if (value != null) {
                counts.merge(value, 1L, Long::sum);
            }
        }
        return counts;
    }

    private static @Nullable String schedule(Job job) {
        Fire fire = job.terms().identity().fire();
        return fire == null ? null : fire.schedule();
    }

    List<JobId> endingWith(String ending, int limit) {
        return tables.jobs.descendingKeySet().stream()
                .filter(id -> id.toString().replace("-", "").endsWith(ending))
                .limit(limit)
                .toList();
    }

    StoreSnapshot snapshot() {
        return new StoreSnapshot(
                tables.jobs.values().stream()
                        .map(TallyKey::of)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())),
                tables.indexes.lanes.entrySet().stream()
                        .map(lane -> new LaneCount(
                                lane.getKey(),
                                lane.getValue().size(),
                                lane.getValue().first().readyAt()))
                        .toList(),
                tables.jobs.values().stream()
                        .filter(job -> job.status() == JobStatus.RUNNING)
                        .toList(),
                List.copyOf(tables.pauses.values()),
                List.copyOf(tables.definitions.values()));
    }

    <T> List<T> existing(Iterable<JobId> ids, Function<JobId, @Nullable T> lookUp) {
        List<T> found = new ArrayList<>();
        for (JobId id : ids) {
            T value = lookUp.apply(id);
            if (Objects.nonNull(value)) {
                found.add(value);
            }
        }
        return found;
    }
}
