// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobStatus;
import io.jobyard.api.SampledCount;
import io.jobyard.spi.jobs.TallyKey;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Numbers of jobs by status, priority, queue, type and submitter. Not safe for use by several threads. */
final class JobCounts {

    private final Map<JobStatus, Long> byStatus = new EnumMap<>(JobStatus.class);
    private final Map<Integer, Long> byPriority = new HashMap<>();
    private final Map<Integer, Long> queuedByPriority = new HashMap<>();
    private final Map<KindAndStatus, Long> byKind = new HashMap<>();
    private final Map<String, Long> bySubmitter = new HashMap<>();

    private record KindAndStatus(QueueAndType kind, JobStatus status) {}

    JobCounts() {}

    JobCounts(JobCounts copied) {
        byStatus.putAll(copied.byStatus);
        byPriority.putAll(copied.byPriority);
        queuedByPriority.putAll(copied.queuedByPriority);
        byKind.putAll(copied.byKind);
        bySubmitter.putAll(copied.bySubmitter);
    }

    void clear() {
        byStatus.clear();
        byPriority.clear();
        queuedByPriority.clear();
        byKind.clear();
        bySubmitter.clear();
    }

    void add(TallyKey key, long difference) {
        add(byStatus, key.status(), difference);
        add(byPriority, key.priority(), difference);
        if (key.status() == JobStatus.QUEUED) {
            add(queuedByPriority, key.priority(), difference);
        }
        add(byKind, new KindAndStatus(new QueueAndType(key.queue(), key.type()), key.status()), difference);
        add(bySubmitter, key.submitter(), difference);
    }

    private static <K> void add(Map<K, Long> counts, K key, long difference) {
        counts.merge(key, difference, (a, b) -> a + b == 0 ? null : a + b);
    }

    long total() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    long of(JobStatus status) {
        return byStatus.getOrDefault(status, 0L);
    }

    Map<JobStatus, Long> byStatus() {
        Map<JobStatus, Long> all = new EnumMap<>(JobStatus.class);
        for (JobStatus status : JobStatus.values()) {
            all.put(status, of(status));
        }
        return all;
    }

    Map<Integer, Long> byPriority() {
        return byPriority;
    }

    Map<Integer, Long> queuedByPriority() {
        return queuedByPriority;
    }

    Map<String, Long> bySubmitter() {
        return bySubmitter;
    }

    /** Adds up the counts with the same name. */
    Map<String, Long> by(Function<QueueAndType, String> name) {
        Map<String, Long> named = new TreeMap<>();
        byKind.forEach((key, count) -> named.merge(name.apply(key.kind()), count, Long::sum));
        return named;
    }

    /** Returns the numbers of queued, running and failed jobs by queue and type. {@code queue} returns the queue of jobs. */
    List<SampledCount> sampled(Function<QueueAndType, String> queue) {
        Map<List<String>, SampledCount> sums = new HashMap<>();
        byKind.forEach((key, count) -> {
            SampledCount one = new SampledCount(
                    queue.apply(key.kind()),
                    key.kind().type(),
                    key.status() == JobStatus.QUEUED ? count : 0,
                    key.status() == JobStatus.RUNNING ? count : 0,
                    key.status() == JobStatus.FAILED ? count : 0);
            if (one.total() > 0) {
                sums.merge(List.of(queue.apply(key.kind()), key.kind().type()), one, SampledCount::plus);
            }
        });
        return List.copyOf(sums.values());
    }
}
