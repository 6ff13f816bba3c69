// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.GroupChangedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Jobs of each group, and the job that has closed it. Guarded by the lock of the tables. */
final class InMemoryGroups {

    private record GroupKey(String submitter, String name) {}

    private final Map<GroupKey, NavigableSet<JobId>> jobs = new HashMap<>();
    private final Map<GroupKey, JobId> ends = new HashMap<>();

    /** Adds the jobs of an admission. Called before they are stored. */
    void refuseChanged(List<AdmittedJob> admitted) {
        Map<GroupKey, Set<JobId>> joining = new HashMap<>();
        for (AdmittedJob job : admitted) {
            String submitter = job.stored().job().submitter();
            String group = terms(job).identity().group();
            if (group != null && ends.containsKey(new GroupKey(submitter, group))) {
                throw new GroupChangedException(submitter, group);
            } else if (group != null) {
                joining.computeIfAbsent(new GroupKey(submitter, group), any -> new HashSet<>())
                        .add(job.stored().id());
            }
        }
        Set<GroupKey> closed = new HashSet<>(ends.keySet());
        for (AdmittedJob job : admitted) {
            String submitter = job.stored().job().submitter();
            String group = terms(job).identity().endsGroup();
            if (group != null) {
                GroupKey key = new GroupKey(submitter, group);
                Set<JobId> all = new HashSet<>(jobs.getOrDefault(key, new TreeSet<>()));
                all.addAll(joining.getOrDefault(key, Set.of()));
                if (!closed.add(key) || !Set.copyOf(job.dependencies()).containsAll(all)) {
                    throw new GroupChangedException(submitter, group);
                }
            }
        }
    }

    void admitted(AdmittedJob job) {
        String submitter = job.stored().job().submitter();
        JobId id = job.stored().id();
        String group = terms(job).identity().group();
        if (group != null) {
            jobs.computeIfAbsent(new GroupKey(submitter, group), any -> new TreeSet<>())
                    .add(id);
        }
        String ended = terms(job).identity().endsGroup();
        if (ended != null) {
            ends.put(new GroupKey(submitter, ended), id);
        }
    }

    /** Removes a job. The last job of a group removes the group. */
    void removed(StoredJob job) {
        String group = job.job().terms().identity().group();
        if (group != null) {
            GroupKey key = new GroupKey(job.job().submitter(), group);
            NavigableSet<JobId> left = Objects.requireNonNull(jobs.get(key));
            left.remove(job.id());
            if (left.isEmpty()) {
                jobs.remove(key);
                ends.remove(key);
            }
        }
    }

    Optional<JobId> end(String submitter, String group) {
        return Optional.ofNullable(ends.get(new GroupKey(submitter, group)));
    }

    List<JobId> jobs(String submitter, String group, int limit) {
        return jobs.getOrDefault(new GroupKey(submitter, group), new TreeSet<>()).stream()
                .limit(limit)
                .toList();
    }

    Optional<JobGroup> group(String submitter, String group, Function<JobId, JobStatus> status) {
        List<JobId> all = jobs(submitter, group, Integer.MAX_VALUE);
        Map<JobStatus, Long> byStatus = new TreeMap<>();
        all.forEach(id -> byStatus.merge(status.apply(id), 1L, Long::sum));
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new JobGroup(
                        group, submitter, byStatus, end(submitter, group).orElse(null)));
    }

    private static JobTerms terms(AdmittedJob job) {
        return job.stored().job().terms();
    }
}
