// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.store.StartRule;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** Assigns the next jobs to start. */
@ProviderType
public interface JobClaims {

    /**
     * Starts the next jobs. Waits until at least one has an open lane. Each start is durable when this method returns; a job whose start
     * could not be stored remains ready. A host that is not the leader only waits. The leader starts jobs on all hosts that have room; the
     * other hosts get their jobs through the store.
     *
     * @param room returns the number of further jobs of each kind for this host; called again after {@link #wake()}, under a lock of the queue
     * @param timeout longest wait for an open lane
     * @param rule decides each start; called by {@code JobStore.claim}
     * @return runs for this host, in order; empty after the timeout, or if none of the jobs could start here
     * @throws InterruptedException if the thread is interrupted while it waits for an open lane
     * @throws io.jobyard.api.StoreException if the store cannot start jobs now
     */
    List<Assignment> claim(Supplier<Slots> room, Duration timeout, StartRule rule) throws InterruptedException;

    /**
     * Lets jobs start in the commit that admits them, if a claim would take them at that moment; replaces an earlier call. Nothing starts
     * before the first {@link #claim}. Jobs that draw amounts from limits wait for a claim, because the store needs the use first.
     *
     * @param room as in {@link #claim}; runs that the last claim returned count as unknown to it until the next claim
     * @param rule decides each start
     * @param runs receives the durable runs for this host, on the store's writing thread
     */
    void startAdmitted(Supplier<Slots> room, StartRule rule, Consumer<List<Assignment>> runs);

    /** Checks the gates, and the room of this host, again after a change. */
    void wake();
}
