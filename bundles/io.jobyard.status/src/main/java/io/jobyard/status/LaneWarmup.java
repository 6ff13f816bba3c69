// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobFilter;
import io.jobyard.api.PendingJob;
import io.jobyard.api.StoreException;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what starts next once the store is open, and then further and further. Until then the first jobs of the lanes are in the
 * store alone, and among a million jobs whoever asks first would wait for them.
 */
@Component(service = CommitListener.class)
public final class LaneWarmup implements CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(LaneWarmup.class);
    private static final long PATIENCE_SECONDS = 5;

    /** Each look goes so many times as far as the one before, and is followed by a rest that is as long as it was, or so long. */
    private static final int FURTHER = 2;

    private static final long LEAST_REST_MILLIS = 250;

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, task -> new Thread(task, "jobyard-first-look-1"), new ScheduledThreadPoolExecutor.DiscardPolicy());
    private final JobReads store;
    private final QueueManager queue;

    @Activate
    public LaneWarmup(@Reference JobReads store, @Reference QueueManager queue) {
        this.store = store;
        this.queue = queue;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        executor.execute(() -> look(PendingJobs.FEW));
    }

    /** Nothing more is looked at. */
    @Override
    public void committed(List<Committed> changes) {}

    /** Waits for the look at hand, for some seconds. */
    @Deactivate
    void stop() throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("What starts next is still being read from the store");
        }
    }

    private void look(int jobs) {
        try {
            long began = System.nanoTime();
            store.awaitListeners();
            PendingJobs.of(queue, store, JobFilter.ALL, jobs);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            if (jobs < PendingJob.MOST) {
                int more = Math.min(PendingJob.MOST, FURTHER * jobs);
                long rest = Math.max(LEAST_REST_MILLIS, took);
                executor.schedule(() -> look(more), rest, TimeUnit.MILLISECONDS);
            }
        } catch (StoreException e) { // whoever asks first waits
            LOG.debug("What starts next is not known yet", e);
        } catch (RuntimeException e) {
            LOG.error("The look at what starts next failed", e);
        }
    }
}
