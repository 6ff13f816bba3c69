// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobFilter;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.reading.JobReads;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what starts next once the store is open. Until then the first jobs of the lanes are in the store alone, and among a million
 * jobs whoever asks first would wait for them.
 */
@Component(service = CommitListener.class)
public final class FirstLook implements CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);
    private static final long PATIENCE_SECONDS = 5;

    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "jobyard-first-look-1"));
    private final JobReads store;
    private final QueueManager queue;

    @Activate
    public FirstLook(@Reference JobReads store, @Reference QueueManager queue) {
        this.store = store;
        this.queue = queue;
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        executor.execute(this::look);
    }

    /** Nothing more is looked at. */
    @Override
    public void committed(List<Committed> changes) {}

    /** Waits until it is over, for some seconds. */
    @Deactivate
    void stop() throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("What starts next is still being read from the store");
        }
    }

    private void look() {
        try {
            store.awaitListeners();
            PendingJobs.of(queue, store, JobFilter.ALL, PendingJobs.FEW);
        } catch (StoreException e) { // whoever asks first waits
            LOG.debug("What starts next is not known yet", e);
        }
    }
}
