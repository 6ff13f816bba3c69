// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import io.jobyard.api.JobId;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.limits.LimitDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Records everything that a listener receives. */
final class Recorder implements CommitListener {

    private final CompletableFuture<StoreSnapshot> opened = new CompletableFuture<>();
    private final List<Committed> changes = new ArrayList<>();
    private final List<JobSummary> removed = new ArrayList<>();
    private final List<String> scheduled = new ArrayList<>();
    private final List<JobId> logged = new ArrayList<>();
    private int identityChanges;
    private final List<LimitDefinition> defined = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    private final Map<TallyKey, Long> tally = new HashMap<>();
    private @Nullable Hosts hosts;

    /** Registers a recorder. Returns after the recorder has received its snapshot. */
    static Recorder on(StoreUnderTest store) {
        Recorder recorder = new Recorder();
        store.listen(recorder);
        recorder.snapshot();
        return recorder;
    }

    @Override
    public synchronized void opened(StoreSnapshot snapshot) {
        if (!changes.isEmpty() || !opened.complete(snapshot)) {
            throw new IllegalStateException("opened comes once, and first");
        }
        tally.putAll(snapshot.tally());
    }

    @Override
    public synchronized void committed(List<Committed> batch) {
        if (!opened.isDone()) {
            throw new IllegalStateException("opened comes first");
        }
        for (Committed change : batch) {
            if (change.before() != null) {
                tally.merge(TallyKey.of(change.before()), -1L, Long::sum);
            }
            tally.merge(TallyKey.of(change.after()), 1L, Long::sum);
        }
        changes.addAll(batch);
    }

    @Override
    public synchronized void removed(List<? extends JobSummary> jobs, boolean elsewhere) {
        removed.addAll(jobs);
        jobs.forEach(job -> tally.merge(TallyKey.of(job), -1L, Long::sum));
    }

    @Override
    public synchronized void hosts(Hosts now) {
        hosts = now;
        notifyAll();
    }

    /** Waits until the host has the state that the test expects. */
    synchronized void awaitHost(Predicate<HostIncarnation> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (hosts == null || hosts.living().stream().noneMatch(wanted)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("the hosts stay as they are: " + hosts);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    @Override
    public synchronized void paused(Pause pause) {
        resumed(pause.target());
        pauses.add(pause);
    }

    @Override
    public synchronized void resumed(PauseTarget target) {
        pauses.removeIf(pause -> pause.target().equals(target));
    }

    @Override
    public synchronized void defined(LimitDefinition definition) {
        defined.add(definition);
    }

    synchronized List<LimitDefinition> defined() {
        return List.copyOf(defined);
    }

    @Override
    public synchronized void logged(JobId job) {
        logged.add(job);
    }

    synchronized List<JobId> logged() {
        return List.copyOf(logged);
    }

    @Override
    public synchronized void identitiesChanged() {
        identityChanges++;
    }

    synchronized int identityChanges() {
        return identityChanges;
    }

    @Override
    public synchronized void scheduled(String schedule) {
        scheduled.add(schedule);
    }

    synchronized List<String> scheduled() {
        return List.copyOf(scheduled);
    }

    synchronized List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    synchronized List<JobSummary> removed() {
        return List.copyOf(removed);
    }

    StoreSnapshot snapshot() {
        return opened.orTimeout(60, TimeUnit.SECONDS).join();
    }

    synchronized List<Committed> changes() {
        return List.copyOf(changes);
    }

    /** Returns the snapshot with all later changes. */
    synchronized Map<TallyKey, Long> tally() {
        tally.values().removeIf(count -> count == 0);
        return Map.copyOf(tally);
    }
}
