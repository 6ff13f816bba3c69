// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Activity;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Load;
import io.jobyard.api.SampledCount;
import io.jobyard.api.Statistics;
import io.jobyard.api.StoreException;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.TallyKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts of all jobs, updated by the store's commits. */
final class Tally {

    private static final Duration LONGEST_COUNT = Duration.ofSeconds(60);

    private final BiFunction<@Nullable String, String, String> route;
    private final Clock clock;
    private final JobCounts counts = new JobCounts();
    private final RecentActivity recent = new RecentActivity();
    private final RecentLoad load = new RecentLoad();
    private final CountDownLatch counted = new CountDownLatch(1);

    /** {@code route} returns the current queue for the requested queue, or null, and the type. */
    Tally(BiFunction<@Nullable String, String, String> route, Clock clock) {
        this.route = route;
        this.clock = clock;
    }

    synchronized void opened(StoreSnapshot snapshot) {
        counts.clear();
        snapshot.tally().forEach(counts::add);
        load.is(clock.instant(), counts.of(JobStatus.QUEUED), counts.of(JobStatus.RUNNING));
        counted.countDown();
    }

    /** Waits for the first count, which takes a moment for a large store. */
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

    void committed(List<Committed> changes) {
        Instant now = clock.instant();
        changes.forEach(change -> recent.committed(change, now));
        synchronized (this) {
            changes.forEach(this::count);
            load.is(now, counts.of(JobStatus.QUEUED), counts.of(JobStatus.RUNNING));
        }
    }

    private void count(Committed change) {
        JobSummary before = change.before();
        TallyKey was = before == null ? null : TallyKey.of(before);
        TallyKey is = TallyKey.of(change.after());
        if (was != null && !was.equals(is)) {
            counts.add(was, -1);
        }
        if (!is.equals(was)) {
            counts.add(is, 1);
        }
    }

    synchronized void removed(List<? extends JobSummary> jobs) {
        jobs.forEach(job -> counts.add(TallyKey.of(job), -1));
    }

    /** Returns the types of all jobs that match. */
    Set<String> types(Predicate<String> which) {
        awaitCounted();
        return counted().by(QueueAndType::type).keySet().stream().filter(which).collect(Collectors.toSet());
    }

    Statistics statistics(@Nullable Duration oldestReady) {
        JobCounts jobs = counted();
        return new Statistics(
                jobs.total(),
                jobs.byStatus(),
                jobs.byPriority(),
                jobs.queuedByPriority(),
                jobs.by(this::queue),
                jobs.by(QueueAndType::type),
                jobs.bySubmitter(),
                oldestReady);
    }

    /** Returns the numbers of queued, running and failed jobs by queue and type. */
    List<SampledCount> sampled() {
        awaitCounted();
        return counted().sampled(this::queue);
    }

    Activity activity() {
        Instant now = clock.instant();
        return new Activity(recent.all(now), recent.by(this::queue, now), recent.by(QueueAndType::type, now));
    }

    synchronized List<Load> load() {
        return load.until(clock.instant());
    }

    /** Returns a copy, so that the store's thread never waits for a reader. */
    private synchronized JobCounts counted() {
        return new JobCounts(counts);
    }

    private String queue(QueueAndType kind) {
        return route.apply(kind.queue(), kind.type());
    }
}
