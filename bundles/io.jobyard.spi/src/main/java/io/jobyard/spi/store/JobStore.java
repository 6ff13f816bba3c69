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
 * Store for the changes of jobs by the scheduler, the queue and the workers. The service is registered while the store is open. A future
 * completes after the commit.
 *
 * <p>One writing thread stores the changes: it commits everything that has arrived in one transaction, and then completes each caller's
 * future. A change that fails does not affect the others. Listeners are notified of a change before its caller, except for an admission.
 * Reads see committed data. Safe for use by several threads; an interrupted caller gets a {@link io.jobyard.api.StoreException} and keeps
 * its interrupt, which never reaches the database.
 */
@ProviderType
public interface JobStore {

    /** Maximum number of dependents that one commit releases together with the ends of their dependencies. */
    int MAX_DEPENDENTS = 64;

    /** Number of retained lines of a job's log. */
    int MAX_LOG_LINES = 1_000;

    /**
     * Maximum amount by which the millisecond in the ID of a new job (a UUID of version 7) may be later than its creation; it is never
     * earlier.
     */
    Duration ID_LEAD = Duration.ofHours(1);

    /** Returns the ID of this host's incarnation, which is stored before this service is registered. */
    UUID incarnation();

    /** Returns the name of this host in histories, for example {@code build-7:4711}. */
    String host();

    /**
     * Stores new jobs, all or none. Rejects them if a dependency was removed meanwhile. An edge whose parent has finished gets a release
     * marker in the same commit. An end job is rejected unless it depends on all jobs of the group, including those that other hosts store
     * at the same time. After its commit, further jobs of the group are rejected.
     *
     * @return completed after the commit, possibly before the listeners are notified; exceptionally with {@link KeyTakenException}, {@link
     * GroupChangedException}, {@link io.jobyard.api.QuotaException} if too many jobs are waiting, or {@link io.jobyard.api.StoreException}
     */
    CompletableFuture<Void> admit(List<AdmittedJob> jobs);

    /**
     * Changes a job, if it still has the version that the decision was based on. A move to a final status releases its key. A retry takes
     * the key again, and restores the edges as at the admission: an edge to a finished parent gets a release marker, and each parent must
     * still exist. A change of {@code dueAt} updates the timer.
     *
     * <p>If the move finishes the job, the same commit releases its dependents, and the dependents of those that finish because of this, up
     * to {@value #MAX_DEPENDENTS} in total. The remaining ones, and those for which the rule fails, wait for a release marker.
     *
     * @param rule effect on dependents; null if they wait for a release marker
     * @return completes after the commit: true, or false if nothing was stored because the job had changed meanwhile, or because the move
     * is {@link Move#isForLeader for the leader} and this host is not. Completes exceptionally only if the change is certainly not stored:
     * with {@link KeyTakenException} if the move retries a job whose key another job now holds; with {@link io.jobyard.api.StoreException}
     * if the store rejects it, or closes. After a lost connection, the move waits until the database is available again
     */
    CompletableFuture<Boolean> move(Move move, @Nullable ReleaseRule rule);

    /**
     * Replaces a job that has not started with another job, if the stored job still has the version that the decision was based on.
     *
     * @param move change with the new terms
     * @param payload new payload, a JSON object
     * @return completed after the commit: true, or false if the job had changed meanwhile and nothing was stored; exceptionally with {@link
     * io.jobyard.api.StoreException} if it is not stored
     */
    CompletableFuture<Boolean> replace(Move move, String payload);

    /**
     * Adds lines to a job's log, the oldest first, from its handler and from {@link StackLines}. Removes the oldest lines beyond {@value
     * #MAX_LOG_LINES}.
     */
    CompletableFuture<Void> log(JobId id, List<LogLine> lines);

    /** Returns jobs whose {@code dueAt} is not after an instant, the first due first. */
    List<StoredJob> due(Instant until, int limit);

    /** Returns the earliest {@code dueAt}; empty if no job has a due time. */
    Optional<Instant> nextDue();

    /** Returns at most {@code limit} dependencies to release; without parents if nothing must be released. */
    ReleaseSlice releases(int limit);

    /**
     * Starts ready jobs on the hosts that the rule selects. One commit reads the jobs, applies the rule and stores the starts. On a host
     * that is not the leader, nothing starts, and all jobs remain in their lanes. Starts that cannot be stored together are stored
     * separately. If the payloads fill the memory, the remaining jobs stay ready. If the rule ends a job, its dependents wait for a release
     * marker.
     *
     * @param positions positions taken from the lanes, without duplicates
     * @param rule decides each start
     * @return completes after the commit; exceptionally with {@link io.jobyard.api.StoreException} if no start could be stored and one
     * failed, or the store closes. After a lost connection, the claim waits until the database is available again
     */
    CompletableFuture<ClaimResult> claim(List<ClaimCandidate> positions, StartRule rule);

    /**
     * Sets the rule that starts jobs in the commit that admits them; replaces an earlier rule. Without a rule, or on a host that is not
     * the leader, a job that was admitted waits for {@link #claim}. A store without this feature ignores the rule.
     */
    default void startWith(AdmissionStarts rule) {
        // each job waits for its claim
    }

    /**
     * Returns the runs of this host that another host, the leader, has started, without those that have ended or now belong to another
     * host.
     */
    List<Assignment> assigned(List<JobEvent> starts);

    /** Removes the release markers of parents whose edges were released, and that have no edges left. */
    CompletableFuture<Void> released(Collection<JobId> parents);

    /** Returns the jobs whose runs belong to ended incarnations and will not finish; in the store, they are still running. */
    List<StoredJob> lostRuns(int limit);

    /**
     * Begins a removal of jobs. First reads the dependencies of all unfinished jobs, page by page.
     *
     * @return removal, which must be closed before another removal begins
     * @throws io.jobyard.api.StoreException if a removal is already open, or the store does not answer
     */
    JobRemoval removal();
}
