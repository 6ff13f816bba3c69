// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.spi.feed.Committed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Jobs with callers that wait for their end. */
final class AwaitedJobs {

    private final Map<JobId, AwaitedEntry> entries = new ConcurrentHashMap<>();

    /** Registers a waiting caller until {@link #leave}. The latch opens when the job has finished. */
    CountDownLatch join(JobId id) {
        return entries.compute(
                        id, (key, entry) -> entry == null ? new AwaitedEntry(new CountDownLatch(1), 1) : entry.more())
                .latch();
    }

    void leave(JobId id) {
        entries.computeIfPresent(id, (key, entry) -> entry.waiting() == 1 ? null : entry.fewer());
    }

    void committed(List<Committed> changes) {
        if (entries.isEmpty()) {
            return;
        }
        for (Committed change : changes) {
            if (change.after().status().isFinished()) {
                wake(change.after().id());
            }
        }
    }

    /** Wakes all waiting callers to check again. */
    void wakeAll() {
        entries.keySet().forEach(this::wake);
    }

    private void wake(JobId id) {
        AwaitedEntry entry = entries.get(id);
        if (entry != null) {
            entry.latch().countDown();
        }
    }

    private record AwaitedEntry(CountDownLatch latch, int waiting) {

        AwaitedEntry more() {
            return new AwaitedEntry(latch, waiting + 1);
        }

        AwaitedEntry fewer() {
            return new AwaitedEntry(latch, waiting - 1);
        }
    }
}
