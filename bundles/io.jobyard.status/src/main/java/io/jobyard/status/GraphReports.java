// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.GraphJob;
import io.jobyard.api.Job;
import io.jobyard.api.JobGraph;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Walks the graph from a job to related jobs, level by level, until the graph ends or the maximum is reached. */
final class GraphReports {

    /** Maximum number of dependents of one job to count. */
    private static final int COUNTED = 1_000;

    private final JobReads store;

    GraphReports(JobReads store) {
        this.store = store;
    }

    JobGraph around(JobId id, int limit, Predicate<Job> isSeen) {
        if (limit < 1 || limit > JobGraph.MOST) {
            throw new ValidationException("limit = " + limit + " is out of range: use 1 to " + JobGraph.MOST);
        }
        StoredJob middle = store.job(id).orElseThrow(() -> new JobNotFoundException(id.toString()));
        Walk walk = new Walk(isSeen, middle.job());
        walk.go(-1, limit, this::parents);
        walk.go(1, limit, this::children);
        return walk.graph(store.dependencies(walk.jobs.keySet()));
    }

    private Set<JobId> parents(Collection<JobId> level) {
        Map<JobId, List<JobId>> dependencies = store.dependencies(level);
        Set<JobId> parents = new LinkedHashSet<>();
        level.forEach(job -> parents.addAll(dependencies.getOrDefault(job, List.of())));
        return parents;
    }

    private Set<JobId> children(Collection<JobId> level) {
        Set<JobId> children = new LinkedHashSet<>();
        for (JobId job : level) {
            children.addAll(store.dependents(job, null, COUNTED));
            children.addAll(store.endedBecauseOf(job, null, COUNTED));
        }
        return children;
    }

    /** Walk through the graph. */
    private final class Walk {

        private final Predicate<Job> isSeen;
        private final JobId middle;
        private final Map<JobId, Job> jobs = new LinkedHashMap<>();
        private final Map<JobId, Integer> distances = new LinkedHashMap<>();
        private final Set<JobId> notShown = new HashSet<>();

        Walk(Predicate<Job> isSeen, Job job) {
            this.isSeen = isSeen;
            middle = job.id();
            jobs.put(middle, job);
            distances.put(middle, 0);
        }

        void go(int step, int limit, Function<Collection<JobId>, Set<JobId>> neighbours) {
            Collection<JobId> level = List.of(middle);
            int room = limit;
            for (int distance = step; !level.isEmpty(); distance += step) {
                Set<JobId> next = neighbours.apply(level);
                next.removeAll(jobs.keySet());
                List<JobId> read = next.stream().limit(room).toList();
                Map<JobId, StoredJob> found = store.jobs(read);
                level = new ArrayList<>();
                for (JobId id : read) {
                    StoredJob stored = found.get(id);
                    if (stored != null && isSeen.test(stored.job())) {
                        level.add(id);
                        jobs.put(id, stored.job());
                        distances.put(id, distance);
                    }
                }
                next.removeAll(level);
                notShown.addAll(next);
                room -= level.size();
            }
        }

        JobGraph graph(Map<JobId, List<JobId>> dependencies) {
            List<GraphJob> all = jobs.values().stream()
                    .map(job -> new GraphJob(
                            job,
                            Objects.requireNonNull(distances.get(job.id())),
                            dependencies.getOrDefault(job.id(), List.of()).stream()
                                    .filter(jobs::containsKey)
                                    .toList()))
                    .toList();
            notShown.removeAll(jobs.keySet());
            return new JobGraph(all, notShown.size());
        }
    }
}
