// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.text.StackLines;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store for changes of jobs: by the scheduler, the queue and the workers. The service is registered while the store is open. A future
 * completes after the commit.
 *
 * <p>One writing thread stores the changes: it commits everything that has arrived in one transaction, and then completes each caller's
 * future. A change that fails does not affect the others. Listeners are notified of a change before its caller, except for an admission.
 * Reads see committed data. Safe for use by several threads; an interrupted caller gets a {@link io.jobyard.api.StoreException} and keeps
 * its interrupt, which never reaches the database.
 */
@ProviderType
public interface JobStore {

    /** Largest number of dependents that one commit releases together with the ends that they waited for. */
    int MAX_DEPENDENTS = 64;

    /** How many lines of a job's log are kept. */
    int MAX_LOG_LINES = 1_000;

    /**
     * How much the millisecond in the id of a new job (a UUID of version 7) may be later than its creation; earlier it
     * never is.
     */
    Duration ID_LEAD = Duration.ofHours(1);

    /**
     * Incarnation of this host; stored before this service is registered.
     *
     * @return its id
     */
    UUID incarnation();

    /**
     * The name of this host, as histories show it.
     *
     * @return such as {@code build-7:4711}
     */
    String host();

    /**
     * Stores new jobs, all or none; refused if a job that one depends on was removed meanwhile. An edge whose parent is final by then gets a release marker in the same commit.
     * One that ends a group depends on all jobs of the group, those that other hosts store at the same time too, or is refused; from its
     * commit on so is each job of the group.
     *
     * @return completed after the commit, which the listeners may not have heard of yet; exceptionally with {@link KeyTakenException},
     *     {@link GroupChangedException},
     *     {@link io.jobyard.api.QuotaException} when too much is waiting, or {@link io.jobyard.api.StoreException}
     */
    CompletableFuture<Void> admit(List<AdmittedJob> jobs);

    /**
     * Changes a job, if it still has the version that the decision saw. A move to a final status frees its key; one back
     * from there takes its key again, and its edges as at its admission: one to a parent that is final by then gets a
     * release marker, and a parent must still be there. One to or from {@code dueAt} keeps the timer.
     *
     * <p>If the move ends the job, those that waited for it are released in the same commit, and those that waited for
     * these if they end by it, as long as they are few: at most {@value #MAX_DEPENDENTS} in all. The others, and those that
     * the rule fails on, wait for a release marker.
     *
     * @param move the change
     * @param rule what it brings to those that wait for it; null if they wait for a release marker
     * @return completed after the commit: true, or false if the job had changed meanwhile, or the move is {@link Move#isForLeader for
     *     the leader} and this host is not, and nothing was stored; exceptionally only if the change is known not to be stored: with {@link KeyTakenException} if the job was
     *     final, is no longer, and another holds its key by now; with {@link io.jobyard.api.StoreException} if the
     *     store refuses it, or closes. A connection that is lost fails no move: it is kept until the database is back
     */
    CompletableFuture<Boolean> move(Move move, @Nullable ReleaseRule rule);

    /**
     * Makes a job that has not started another one, if it still has the version that the decision saw.
     *
     * @param move the change, whose terms are the new ones
     * @param payload the new payload, a JSON object
     * @return completed after the commit: true, or false if the job had changed meanwhile and nothing was stored; exceptionally
     *     with {@link io.jobyard.api.StoreException} if it is not stored
     */
    CompletableFuture<Boolean> replace(Move move, String payload);

    /**
     * Adds lines to a job's log, its handler's and {@link StackLines}, and drops the oldest beyond
     * {@value #MAX_LOG_LINES}.
     *
     * @param lines the lines, the oldest first
     */
    CompletableFuture<Void> log(JobId id, List<LogLine> lines);

    /**
     * Jobs that time moves on.
     *
     * @param until those due by then
     * @return the jobs, the first due first
     */
    List<StoredJob> due(Instant until, int limit);

    /**
     * When time next moves a job on.
     *
     * @return the earliest due instant; empty if nothing waits for time
     */
    Optional<Instant> nextDue();

    /**
     * Dependencies to be released.
     *
     * @param limit how many edges at most
     * @return a slice; without parents if there is nothing to release
     */
    ReleaseSlice releases(int limit);

    /**
     * Starts ready jobs on the hosts that the rule selects: reads them, decides by the rule, and stores the starts, all in one commit. On a
     * host that is not the leader, nothing starts, and all stay in their lanes. Starts that cannot be stored together are stored
     * separately; after payloads that fill the memory, the rest stays ready. If the rule ends a job, jobs that wait for it wait for a
     * release marker.
     *
     * @param positions positions taken from the lanes, each job once
     * @param rule decides each start
     * @return completed after the commit; exceptionally with {@link io.jobyard.api.StoreException} if no start could be stored and one
     *     failed, or the store closes. A lost connection fails no claim: it is kept until the database is available again
     */
    CompletableFuture<ClaimResult> claim(List<ClaimCandidate> positions, StartRule rule);

    /**
     * The runs of this host that the leader, another host, has started.
     *
     * @param starts as the listeners hear of them
     * @return what is to be done; without those that are over, or another's, by now
     */
    List<Assignment> assigned(List<JobEvent> starts);

    /**
     * Removes the release markers of those parents whose edges are all gone.
     *
     * @param parents jobs whose edges were released
     */
    CompletableFuture<Void> released(Collection<JobId> parents);

    /**
     * Runs whose incarnation has ended, so that they will not be finished.
     *
     * @return the jobs, still running as the store has it
     */
    List<StoredJob> lostRuns(int limit);

    /**
     * Begins to remove jobs. Reads first what all jobs depend on that have not ended, page by page.
     *
     * @return to be closed; a second one must wait until then
     * @throws io.jobyard.api.StoreException if one is open already, or the store does not answer
     */
    JobRemoval removal();
}
