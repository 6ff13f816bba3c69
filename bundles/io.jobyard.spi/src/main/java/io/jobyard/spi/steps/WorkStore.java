// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stored steps, waits, signals and streams of jobs. Writes of a run are fenced: a run that no longer holds its job, by number and
 * incarnation, stores nothing. Changes are stored in the order of the calls. The service is registered while the store is open.
 */
@ProviderType
public interface WorkStore {

    /** Maximum number of steps and waits of a job, without dropped ones. */
    int MAX_STEPS = 10_000;

    /** Maximum number of unused signals of a job, without answers to callbacks. */
    int MAX_SIGNALS = 100;

    /** Maximum number of characters in the stream of a job. */
    int MAX_STREAM_CHARACTERS = 16_777_216;

    /**
     * Stores finished steps, and waits that begin or end immediately. The same commit stores the output before them, so no step is stored
     * without the output of its work.
     *
     * @param steps new steps, each at a position without a valid step
     * @param before the run's output that was not stored yet
     * @return completes after the commit: true, or false if the run no longer held its job and no step was stored; exceptionally with
     * {@link QuotaException} if the stream would be too long, and then no step was stored either
     */
    CompletableFuture<Boolean> keep(Assignment run, List<StoredStep> steps, RunOutput before);

    /**
     * Stores that a wait has ended, or that a wait for children is open again. The same commit stores the output before it. The wait must
     * be stored and valid, and have its current state.
     *
     * @return completes as in {@link #keep}
     */
    CompletableFuture<Boolean> end(Assignment run, StoredStep wait, RunOutput before);

    /**
     * Stores jobs that a run submits and their step, in one commit.
     *
     * @param run run that submits the jobs
     * @param step new wait with the IDs of the jobs as its children, or a finished step
     * @return completes after the commit: true, or false if the run no longer held its job and nothing was stored; exceptionally as in
     * {@link io.jobyard.spi.store.JobStore#admit}
     */
    CompletableFuture<Boolean> admit(Assignment run, StoredStep step, List<AdmittedJob> jobs);

    /**
     * Ends a run whose job waits. The same commit stores the wait if it is new. If its signal has already arrived and is unused, the job
     * continues instead.
     *
     * @param waits move to waiting. A move that waits for children adds edges to them, and removes edges of an earlier wait
     * @param goesOn move to queued, based on the same version of the job
     * @return completes after the commit: true, or false if the job had changed meanwhile and nothing was stored; exceptionally with {@link
     * io.jobyard.api.StoreException} if a job that it would have an edge to was removed
     */
    CompletableFuture<Boolean> rest(Move waits, Move goesOn, StoredStep wait);

    /**
     * Stores a signal. If the job waits for it, the same commit moves the job.
     *
     * @param signal the signal, without a number
     * @param wake returns the move of the job that waits for this signal. It is called within the commit, on the store's writing thread, so
     * it must return immediately and use only its argument
     * @return completes after the commit: true, or false if the job is unknown or has finished, or a callback of this name is answered, has
     * ended or belongs to another job; exceptionally with {@link QuotaException} if the job has too many unused signals
     */
    default CompletableFuture<Boolean> signal(JobId job, StoredSignal signal, Function<StoredJob, Move> wake) {
        return signal(job, signal, wake, null);
    }

    /** Stores a signal like {@link #signal(JobId, StoredSignal, Function)}. The same commit stores an audit entry; null for none. */
    CompletableFuture<Boolean> signal(
            JobId job, StoredSignal signal, Function<StoredJob, Move> wake, @Nullable AuditEntry audit);

    /**
     * Retries a job and keeps the steps before a position. Later steps are dropped, but can still be read.
     *
     * @return completes as in {@link io.jobyard.spi.store.JobStore#move}
     */
    CompletableFuture<Boolean> retryFrom(Move retry, int from);

    /**
     * Stores a new job with steps that another job has done, in one commit.
     *
     * @param steps steps from {@link StoredStep#copied}, with their values
     * @param audit entry for the audit, in the same commit
     * @return completes after the commit: true; exceptionally as in {@link io.jobyard.spi.store.JobStore#admit}
     */
    CompletableFuture<Boolean> fork(AdmittedJob job, List<StoredStep> steps, AuditEntry audit);

    /** Returns the valid steps of a job by number, then the dropped steps. Large values are omitted. */
    List<StoredStep> steps(JobId job);

    /** Returns the jobs with a current wait for children, each with the IDs of the children. */
    Map<JobId, List<JobId>> children(Collection<JobId> jobs);

    /** Returns the value of a valid step as JSON; empty if it has none. */
    Optional<String> value(JobId job, int number);

    /** Returns the unused signals of a job by number. Dropped steps count as not having used any. */
    List<StoredSignal> signals(JobId job);

    /**
     * Adds to the stream of a job.
     *
     * @param pieces pieces in order; the store sets their positions
     * @return completes after the commit: true, or false if the run no longer held its job and nothing was stored; exceptionally with
     * {@link QuotaException} if the stream would have more than {@value #MAX_STREAM_CHARACTERS} characters
     */
    CompletableFuture<Boolean> emit(Assignment run, List<StreamPiece> pieces);

    /** Returns at most {@code limit} pieces of a job's stream after a position, in order; 0 to begin. */
    List<StreamPiece> stream(JobId job, long after, int limit);

    /** Returns the exception for a stream that would be too long. Its message names the job. */
    static QuotaException streamIsFull(JobId job) {
        return new QuotaException("the stream of job " + job + " is full: it has at most " + MAX_STREAM_CHARACTERS
                + " characters; nothing was added");
    }
}
