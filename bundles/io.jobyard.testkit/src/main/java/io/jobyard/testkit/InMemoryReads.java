// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.Fire;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StartedCount;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Part of the in-memory store for reads. */
abstract class InMemoryReads implements JobReads {

    final InMemoryTables tables;
    final InMemoryCommits commits;

    InMemoryReads(InMemoryTables tables) {
        this.tables = tables;
        commits = new InMemoryCommits(tables);
    }

    @Override
    public void awaitListeners() {
        commits.awaitListeners();
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return commits.read(() -> Optional.ofNullable(tables.jobs.get(id)));
    }

    @Override
    public Map<JobId, StoredJob> jobs(Collection<JobId> ids) {
        Map<JobId, StoredJob> found = new LinkedHashMap<>();
        commits.read(() -> existing(ids, tables.jobs::get)).forEach(job -> found.put(job.id(), job));
        return found;
    }

    @Override
    public Map<String, JobId> keyHolders(String submitter, Collection<String> keys) {
        return commits.read(() -> JobKey.found(submitter, keys, tables.indexes.keys::get));
    }

    @Override
    public List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit) {
        return commits.read(() -> {
            NavigableSet<ReadyJob> positions = tables.indexes.lanes.getOrDefault(lane, new TreeSet<>());
            NavigableSet<ReadyJob> behind = after == null ? positions : positions.tailSet(after, false);
            return behind.stream().limit(limit).toList();
        });
    }

    @Override
    public List<JobId> dependents(JobId parent, @Nullable JobId after, int limit) {
        return commits.read(() -> behind(tables.edges.get(parent), after, limit));
    }

    @Override
    public List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit) {
        return commits.read(() -> behind(tables.blames.get(parent), after, limit));
    }

    private static List<JobId> behind(@Nullable NavigableSet<JobId> ids, @Nullable JobId after, int limit) {
        if (ids == null) {
            return List.of();
        }
        return (after == null ? ids : ids.tailSet(after, false))
                .stream().limit(limit).toList();
    }

    @Override
    public Optional<JobId> groupEnd(String submitter, String group) {
        return commits.read(() -> tables.groups.end(submitter, group));
    }

    @Override
    public List<JobId> groupJobs(String submitter, String group, int limit) {
        return commits.read(() -> tables.groups.jobs(submitter, group, limit));
    }

    @Override
    public Optional<JobGroup> group(String submitter, String group) {
        return commits.read(() ->
                tables.groups.group(submitter, group, id -> tables.job(id).job().status()));
    }

    @Override
    public Map<JobId, List<JobId>> dependencies(Collection<JobId> ids) {
        Map<JobId, List<JobId>> found = new LinkedHashMap<>();
        commits.read(() -> existing(ids, tables.admissions::get)).stream()
                .filter(admitted -> !admitted.dependencies().isEmpty())
                .forEach(admitted -> found.put(admitted.stored().id(), admitted.dependencies()));
        return found;
    }

    @Override
    public Optional<String> payload(JobId id) {
        return commits.read(() -> Optional.ofNullable(tables.admissions.get(id)).map(AdmittedJob::payload));
    }

    @Override
    public Map<JobId, String> results(Collection<JobId> ids) {
        return commits.read(() -> {
            Map<JobId, String> found = new LinkedHashMap<>();
            ids.forEach(id -> Optional.ofNullable(tables.results.get(id)).ifPresent(result -> found.put(id, result)));
            return found;
        });
    }

    @Override
    public List<LogLine> log(JobId id) {
        return log(id, 0).stream().map(NumberedLine::line).toList();
    }

    @Override
    public List<NumberedLine> log(JobId id, int after) {
        return commits.read(() -> tables.logs.getOrDefault(id, List.of()).stream()
                .filter(line -> line.number() > after)
                .toList());
    }

    @Override
    public List<HistoryEvent> history(JobId id) {
        return commits.read(() -> new ArrayList<>(tables.history.getOrDefault(id, List.of())));
    }

    @Override
    public Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids) {
        return commits.read(() -> {
            Map<JobId, List<HistoryEvent>> found = new LinkedHashMap<>();
            ids.stream()
                    .filter(tables.history::containsKey)
                    .forEach(id -> found.put(id, List.copyOf(tables.history.get(id))));
            return found;
        });
    }

    @Override
    public JobPage find(JobQuery query, Set<String> routed) {
        return commits.read(() -> {
            boolean oldestFirst = query.order() == JobQuery.JobOrder.OLDEST_FIRST;
            NavigableMap<JobId, StoredJob> jobs = oldestFirst ? tables.jobs : tables.jobs.descendingMap();
            NavigableMap<JobId, StoredJob> left = query.after() == null ? jobs : jobs.tailMap(query.after(), false);
            List<Job> found = meant(left, query.filter(), routed)
                    .limit(query.limit() + 1L)
                    .toList();
            return JobPage.of(found, query.limit());
        });
    }

    @Override
    public JobFacets facets(JobFilter filter, Set<String> routed, UnaryOperator<String> route) {
        return commits.read(() -> {
            List<Job> jobs = meant(tables.jobs, filter, routed).toList();
            return new JobFacets(
                    jobs.size(),
                    counts(jobs, Job::status),
                    counts(jobs, job -> job.state().reason()),
                    counts(jobs, Job::type),
                    counts(
                            jobs,
                            job -> Objects.requireNonNullElseGet(TallyKey.queue(job), () -> route.apply(job.type()))),
                    counts(jobs, Job::submitter),
                    counts(jobs, InMemoryReads::schedule),
                    new JobFacets.Coverage(null, null));
        });
    }

    @Override
    public List<JobId> endingWith(String ending, int limit) {
        return commits.read(() -> {
            return tables.jobs.descendingKeySet().stream()
                    .filter(id -> id.toString().replace("-", "").endsWith(ending))
                    .limit(limit)
                    .toList();
        });
    }

    private static Stream<Job> meant(NavigableMap<JobId, StoredJob> jobs, JobFilter filter, Set<String> routed) {
        return jobs.values().stream()
                .map(StoredJob::job)
                .filter(job -> filter.matches(job, standsIn(job, filter, routed)));
    }

    /** Returns one queue of the filter for the types that are routed to any of its queues. */
    private static @Nullable String standsIn(Job job, JobFilter filter, Set<String> routed) {
        String queue = TallyKey.queue(job);
        return queue == null && routed.contains(job.type())
                ? filter.queues().stream().findFirst().orElse(null)
                : queue;
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

    private static <T> List<T> existing(Iterable<JobId> ids, Function<JobId, @Nullable T> lookUp) {
        List<T> found = new ArrayList<>();
        for (JobId id : ids) {
            T value = lookUp.apply(id);
            if (Objects.nonNull(value)) {
                found.add(value);
            }
        }
        return found;
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
                tables.jobs.values().stream()
                        .filter(StartedCount::counts)
                        .map(job -> job.lane().limits())
                        .filter(limits -> !limits.isEmpty())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(entry -> new StartedCount(entry.getKey(), entry.getValue()))
                        .toList(),
                List.copyOf(tables.pauses.values()),
                List.copyOf(tables.definitions.values()));
    }
}
