// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobStatus;
import io.jobyard.api.Statistics;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.TallyKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts of all jobs, kept by the store's commits. Safe for use by several threads. */
final class Tally {

    private static final Duration LONGEST_COUNT = Duration.ofSeconds(60);

    private final BiFunction<@Nullable String, String, String> route;
    private final Map<TallyKey, Long> counts = new HashMap<>();
    private final CountDownLatch counted = new CountDownLatch(1);

    /** The queue of jobs that asked for one, or none, and are of a type, is asked each time. */
    Tally(BiFunction<@Nullable String, String, String> route) {
        this.route = route;
    }

    synchronized void opened(StoreSnapshot snapshot) {
        counts.clear();
        counts.putAll(snapshot.tally());
        counted.countDown();
    }

    /** Waits until the store has told what it holds: right after a start with a large store that takes a moment. */
    void awaitCounted() {
        try {
            if (!counted.await(LONGEST_COUNT.toSeconds(), TimeUnit.SECONDS)) {
                throw new StoreException(
                        "the store is still counting its jobs after " + LONGEST_COUNT.toSeconds() + " s: try again",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while the store counts its jobs: try again", e);
        }
    }

    synchronized void committed(List<Committed> changes) {
        for (Committed change : changes) {
            StoredJob before = change.before();
            if (before != null) {
                add(before, -1);
            }
            add(change.after(), 1);
        }
    }

    synchronized void removed(List<StoredJob> jobs) {
        jobs.forEach(job -> add(job, -1));
    }

    /** Of the types of all jobs, those. */
    Set<String> types(Predicate<String> which) {
        awaitCounted();
        Set<String> types = new HashSet<>();
        synchronized (this) {
            counts.keySet().forEach(key -> types.add(key.type()));
        }
        types.removeIf(which.negate());
        return types;
    }

    synchronized Statistics statistics(@Nullable Duration oldestReady) {
        Map<JobStatus, Long> byStatus = new EnumMap<>(JobStatus.class);
        for (JobStatus status : JobStatus.values()) {
            byStatus.put(status, 0L);
        }
        Map<Integer, Long> byPriority = new TreeMap<>();
        Map<String, Long> byQueue = new TreeMap<>();
        long total = 0;
        for (Map.Entry<TallyKey, Long> entry : counts.entrySet()) {
            long count = entry.getValue();
            total += count;
            byStatus.merge(entry.getKey().status(), count, Long::sum);
            byPriority.merge(entry.getKey().priority(), count, Long::sum);
            byQueue.merge(route.apply(entry.getKey().queue(), entry.getKey().type()), count, Long::sum);
        }
        return new Statistics(total, byStatus, byPriority, byQueue, oldestReady);
    }

    private void add(StoredJob job, long difference) {
        counts.merge(TallyKey.of(job.job()), difference, (a, b) -> a + b == 0 ? null : a + b);
    }
}
