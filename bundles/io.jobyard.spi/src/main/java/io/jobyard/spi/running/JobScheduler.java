// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.running;

import io.jobyard.api.JobSpecification;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Decides every transition in a job's life cycle. Runs come from {@link #claim}. */
@ProviderType
public interface JobScheduler {

    /**
     * Starts the next jobs. Waits until there is at least one. Each start is durable when this method returns. The leader also starts the
     * jobs of the other hosts; a host that is not the leader only waits.
     *
     * @param room returns the number of further jobs of each kind for this host, as in {@link JobClaims#claim}
     * @param timeout longest wait
     * @return runs for this host, in order; empty after the timeout
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    List<Assignment> claim(Supplier<Slots> room, Duration timeout) throws InterruptedException;

    /**
     * Lets jobs start in the commit that admits them, if they are next; replaces an earlier call.
     *
     * @param room number of further jobs for this host, as in {@link JobClaims#startAdmitted}
     * @param runs receives the durable runs for this host, on the store's writing thread
     */
    void startAdmitted(Supplier<Slots> room, Consumer<List<Assignment>> runs);

    /**
     * Rejects the run of a privileged type if the job was submitted before a handler declared the type privileged, unless the submitter may
     * submit the type now.
     *
     * @throws io.jobyard.api.AccessException if the submitter may not submit the type, with the fix
     */
    void requirePrivileged(Assignment run);

    /** Adds a line to the history of a job during its run. Returns false if the run no longer belonged to this host. */
    CompletableFuture<Boolean> note(Assignment run, String what);

    /**
     * Submits jobs in the name of a job's submitter, with a step in the same commit. Needs the permissions of the submitter and of the
     * bundle whose handler does the run.
     *
     * @param step new wait for all jobs as its children; or a step for one job, without an end
     * @return the wait with the IDs of the jobs, or the finished step with the ID as its result; empty if the run no longer belonged to this
     * host, and nothing was stored
     * @throws io.jobyard.api.JobyardException if the jobs are rejected; then the same call may be repeated
     */
    Optional<StoredStep> submit(Assignment run, StoredStep step, List<JobSpecification> jobs);

    /**
     * Ends a run. Each run accepts at most one outcome.
     *
     * @param startedAt time at which the handler began; null if it did not
     * @return completes after the commit: true if the outcome was accepted, false if the run no longer belonged to this host
     */
    CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome);
}
