// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.running.JobScheduler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thread that fetches runs when the workers have room. On the leader, it also starts the runs of other hosts. */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Maximum number of runs of each kind to fetch at once. The store also limits the size of their payloads. */
    private static final int MOST_AT_ONCE = 256;

    private final JobScheduler scheduler;
    private final WorkerPool pool;
    private final LoopThread loop = new LoopThread("jobyard-dispatcher-1", "No job can start", this::fetch);
    private boolean started;

    Dispatcher(JobScheduler scheduler, WorkerPool pool) {
        this.scheduler = scheduler;
        this.pool = pool;
    }

    /** Starts the thread at the first call. */
    synchronized void start() {
        if (!started) {
            started = true;
            scheduler.startAdmitted(this::room, pool::accept);
            loop.start();
        }
    }

    synchronized boolean isStarted() {
        return started;
    }

    /** Stops the thread. Runs that it is fetching still reach the workers, unless the store does not answer. */
    void stop() {
        loop.interrupt();
        if (!loop.awaitEnd(TIMEOUT)) {
            LOG.warn("The store does not answer; jobs that were starting are requeued at the next start");
        }
    }

    private Duration fetch() throws InterruptedException {
        if (pool.awaitClaim(TIMEOUT)) {
            pool.accept(scheduler.claim(this::room, TIMEOUT));
        }
        return Duration.ZERO;
    }

    private Slots room() {
        return pool.room().atMost(MOST_AT_ONCE);
    }
}
