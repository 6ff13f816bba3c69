// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** One lane: the oldest first. */
final class FakeQueue implements QueueManager, CommitListener {

    private final TreeSet<Taken> ready = new TreeSet<>((a, b) -> a.place().compareTo(b.place()));
    final List<Taken> putBack = new ArrayList<>();

    @Override
    public void opened(StoreSnapshot snapshot) {
        // tests that start anew submit anew
    }

    @Override
    public synchronized void committed(List<Committed> changes) {
        for (Committed change : changes) {
            StoredJob before = change.before();
            if (before != null && before.job().status() == JobStatus.QUEUED) {
                ready.remove(taken(before));
            }
            if (change.after().job().status() == JobStatus.QUEUED) {
                ready.add(taken(change.after()));
            }
        }
    }

    @Override
    public synchronized List<Taken> take(int max, Duration patience) {
        List<Taken> next = new ArrayList<>();
        while (next.size() < max && !ready.isEmpty()) {
            next.add(ready.pollFirst());
        }
        return next;
    }

    @Override
    public synchronized void putBack(List<Taken> jobs) {
        putBack.addAll(jobs);
        ready.addAll(jobs);
    }

    @Override
    public void wake() {
        // there are no gates here
    }

    @Override
    public int levels() {
        return 10;
    }

    @Override
    public int defaultLevel() {
        return 5;
    }

    @Override
    public List<LaneView> lanes() {
        return List.of();
    }

    private static Taken taken(StoredJob job) {
        return new Taken(LaneKey.of(job.job()), new ReadyJob(job.books().readyAt(), job.id()));
    }
}
