// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.store.StartRule;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.osgi.annotation.versioning.ProviderType;

/** Hands out the jobs that are next to start. */
@ProviderType
public interface JobClaims {

    /**
     * Starts the jobs that are next, waiting until there is at least one whose lane is open. Each start is durable before
     * this returns; a job whose start could not be stored is ready as before. A host that is not the leader only waits. The
     * leader starts jobs on all hosts that have room: those of the others reach them by the store.
     *
     * @param room how many more jobs this host takes; asked anew after {@link #wake()}, under a lock of the queue
     * @param timeout how long to wait for an open lane
     * @param rule what becomes of each; asked by {@code JobStore.claim}
     * @return runs that this host is to do, in order; empty when the time was over, or none of the jobs could start here
     * @throws InterruptedException if the thread is interrupted while it waits for an open lane
     * @throws io.jobyard.api.StoreException if the store starts nothing now
     */
    List<Assignment> claim(IntSupplier room, Duration timeout, StartRule rule) throws InterruptedException;

    /** Asks the gates again, and how much room this host has: one of them may have opened. */
    void wake();
}
