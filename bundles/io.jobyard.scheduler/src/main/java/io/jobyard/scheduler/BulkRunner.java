// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.BulkAction;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread of the leader that executes bulk operations one after the other, with a pause after each slice. Progress is stored with each
 * slice, so that a new leader continues.
 */
final class BulkRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BulkRunner.class);
    /** Pause after a slice, as a multiple of its duration, for other users of the store. */
    private static final int RESTS = 1;
    /** Interval of checks, because another host may have accepted a request. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration PAUSE_IF_EARLY = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final BulkStore bulks;
    private final JobStore jobs;
    private final BulkWork work;
    private final Clock clock;
    private final LoopThread loop = new LoopThread("jobyard-bulk-1", "Bulk operations have to wait", this::round);
    private boolean leader;
    private volatile boolean shared;
    private boolean called = true; // an earlier host may have left unfinished operations

    BulkRunner(BulkStore bulks, JobStore jobs, BulkWork work, Clock clock) {
        this.bulks = bulks;
        this.jobs = jobs;
        this.work = work;
        this.clock = clock;
    }

    void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.stop(TIMEOUT);
    }

    synchronized void hosts(Hosts hosts) {
        called |= !leader && hosts.isLeader();
        leader = hosts.isLeader();
        shared = hosts.living().size() > 1;
        loop.wake();
    }

    /** Wakes the thread for a new operation. */
    synchronized void call() {
        called = true;
        loop.wake();
    }

    private Duration round() {
        if (takeCall()) {
            try {
                doUnfinished();
            } catch (RuntimeException | Error e) {
                call(); // or the next round would wait for a wake-up
                throw e;
            }
        }
        return shared ? LOOK : LoopThread.UNTIL_WOKEN;
    }

    private synchronized boolean takeCall() {
        boolean due = leader && (called || shared);
        called &= !due;
        return due;
    }

    /** Executes all unfinished operations while this host is the leader. */
    void doUnfinished() {
        Optional<StoredBulk> next = bulks.unfinished();
        while (next.isPresent() && goOn()) {
            doAll(next.get());
            next = bulks.unfinished();
        }
    }

    private void doAll(StoredBulk bulk) {
        boolean deletes = bulk.request().action() == BulkAction.DELETE;
        try (JobRemoval removal = deletes ? jobs.removal() : null) {
            doAll(bulk, removal);
        }
    }

    private void doAll(StoredBulk begun, @Nullable JobRemoval removal) {
        StoredBulk bulk = begun;
        boolean isFinished = false;
        while (goOn() && !isFinished) {
            String stoppedBy = bulks.bulk(bulk.number()).orElse(bulk).stoppedBy();
            isFinished = stoppedBy != null;
            if (!isFinished) {
                long began = System.nanoTime();
                BulkWork.Slice slice = work.next(bulk, removal);
                bulk = slice.bulk();
                isFinished = slice.isLast();
                loop.pause(slice.isEarly() ? PAUSE_IF_EARLY : Duration.ofNanos(RESTS * (System.nanoTime() - began)));
            }
            if (isFinished) {
                end(stoppedBy == null ? bulk : bulk.stopped(stoppedBy));
            }
        }
    }

    private void end(StoredBulk bulk) {
        StoredBulk ended = bulk.ended(clock.instant());
        Futures.join(bulks.end(ended, AuditEntries.bulk(ended)));
        LOG.info(
                "Bulk operation {} finished: action={} done={} refused={}",
                ended.number(),
                ended.request().action().text(),
                ended.position().done(),
                ended.position().refused());
    }

    private synchronized boolean goOn() {
        return leader && !loop.isStopped();
    }
}
