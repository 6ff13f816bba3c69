// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.running;

import io.jobyard.api.JobSpecification;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Decides every change in a job's life. */
@ProviderType
public interface JobScheduler {

    /**
     * Starts the jobs that are next, waiting until there is at least one. Each start is durable before this returns. The
     * leader starts those of the other hosts too; a host that is not the leader only waits.
     *
     * @param room how many more jobs this host takes, as of {@link JobClaims#claim}
     * @param timeout how long to wait
     * @return runs that this host is to do, in order; empty when the time was over
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    List<Assignment> claim(IntSupplier room, Duration timeout) throws InterruptedException;

    /**
     * Refuses the run of a privileged type whose job was submitted while no handler said that the type is privileged, unless the
     * submitter may submit the type now.
     *
     * @param run what {@link #claim} gave
     * @throws io.jobyard.api.AccessException if the submitter may not submit the type; names the fix
     */
    void requirePrivileged(Assignment run);

    /**
     * Adds a line to the history of a run's job, during the run.
     *
     * @param run from {@link #claim}
     * @param what the line
     * @return completed after the commit: true if it was added, false if the run no longer belonged to this host
     */
    CompletableFuture<Boolean> note(Assignment run, String what);

    /**
     * Submits jobs that a run's job is to wait for, in the name of its submitter, with the wait in the same commit.
     *
     * @param run what {@link #claim} gave
     * @return the wait with their ids; empty if the run was no longer this host's, and nothing was stored
     * @throws io.jobyard.api.JobyardException why they are not submitted; after that the same call may be made again
     */
    Optional<StoredStep> submitChildren(Assignment run, StoredStep wait, List<JobSpecification> children);

    /**
     * Ends a run. At most one outcome is accepted for each.
     *
     * @param run what {@link #claim} gave
     * @param startedAt the handler's first line; null if it was not reached
     * @param outcome how it ended
     * @return completed after the commit: true if the outcome was accepted, false if the run was no longer this host's
     */
    CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome);
}
