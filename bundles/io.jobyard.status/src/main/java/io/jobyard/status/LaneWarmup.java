// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobFilter;
import io.jobyard.api.PendingJob;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the next jobs to start once the store is open, in growing numbers. Before that, only the store knows the
 * order of the lanes' first jobs. With a million jobs, the first query would have to wait for it.
 */
@Component(service = CommitListener.class)
public final class LaneWarmup implements CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(LaneWarmup.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Growth factor of each read. The pause after a read is as long as the read, and at least {@code LEAST_REST}. */
    private static final int FURTHER = 2;

    private static final Duration LEAST_REST = Duration.ofMillis(250);

    private final LoopThread loop = new LoopThread("jobyard-first-look-1", "Start order not known yet", this::look);
    /** Number of jobs of the next read; 0 to stop. */
    private final AtomicInteger jobs = new AtomicInteger();

    private final JobReads store;
    private final QueueManager queue;

    @Activate
    public LaneWarmup(@Reference JobReads store, @Reference QueueManager queue) {
        this.store = store;
        this.queue = queue;
        loop.start();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        jobs.set(PendingJobs.FEW);
        loop.wake();
    }

    @Override
    public void committed(List<Committed> changes) {}

    /** Waits some seconds for the current read. */
    @Deactivate
    void stop() {
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("Still reading the start order from the store");
        }
    }

    private Duration look() {
        int now = jobs.get();
        if (now == 0) {
            return LoopThread.UNTIL_WOKEN;
        }
        long began = System.nanoTime();
        int next = 0;
        try {
            store.awaitListeners();
            PendingJobs.of(queue, store, JobFilter.ALL, now);
            next = now == PendingJob.MOST ? 0 : Math.min(PendingJob.MOST, FURTHER * now);
        } catch (StoreException e) { // the first query waits
            LOG.debug("Start order not known yet", e);
        } finally {
            jobs.compareAndSet(now, next);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return took.compareTo(LEAST_REST) > 0 ? took : LEAST_REST;
    }
}
