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

    /** Number of lines of a job's log that are kept. */
    int MAX_LOG_LINES = 1_000;

    /**
     * Largest amount by which the millisecond in the id of a new job (a UUID of version 7) may be later than its creation; it is never
     * earlier.
     */
    Duration ID_LEAD = Duration.ofHours(1);

    /** Returns the id of this host's incarnation, stored before this service is registered. */
    UUID incarnation();

    /** Returns the name of this host in histories, for example {@code build-7:4711}. */
    String host();

    /**
     * Stores new jobs, all or none; rejected if a dependency was removed meanwhile. An edge whose parent is final by then gets a release
     * marker in the same commit. An end job depends on all jobs of the group, including those that other hosts store at the same time, or
     * is rejected; after its commit, further jobs of the group are rejected.
     *
     * @return completed after the commit, possibly before the listeners are notified; exceptionally with {@link KeyTakenException}, {@link
     *     GroupChangedException}, {@link io.jobyard.api.QuotaException} if too many jobs are waiting, or {@link
     *     io.jobyard.api.StoreException}
     */
    CompletableFuture<Void> admit(List<AdmittedJob> jobs);

    /**
     * Changes a job, if it still has the version that the decision read. A move to a final status releases its key; one back from there
     * takes its key again, and its edges as at its admission: an edge to a parent that is final by then gets a release marker, and a parent
     * must still exist. A change of {@code dueAt} updates the timer.
     *
     * <p>If the move ends the job, the same commit releases its dependents, and theirs if they end by it, as long as they are few: at most
     * {@value #MAX_DEPENDENTS} in all. The others, and those on which the rule fails, wait for a release marker.
     *
     * @param rule its effect on dependents; null if they wait for a release marker
     * @return completed after the commit: true, or false if nothing was stored because the job had changed meanwhile, or the move is {@link
     *     Move#isForLeader for the leader} and this host is not; exceptionally only if the change is known not to be stored: with {@link
     *     KeyTakenException} if the move revives a final job whose key another job holds by now; with {@link io.jobyard.api.StoreException}
     *     if the store rejects it, or closes. A lost connection fails no move: it is kept until the database is available again
     */
    CompletableFuture<Boolean> move(Move move, @Nullable ReleaseRule rule);

    /**
     * Replaces a job that has not started by another one, if it still has the version that the decision read.
     *
     * @param move the change with the new terms
     * @param payload the new payload, a JSON object
     * @return completed after the commit: true, or false if the job had changed meanwhile and nothing was stored; exceptionally with {@link
     *     io.jobyard.api.StoreException} if it is not stored
     */
    CompletableFuture<Boolean> replace(Move move, String payload);

    /**
     * Adds lines to a job's log, the oldest first, from its handler and from {@link StackLines}, and removes the oldest beyond
     * {@value #MAX_LOG_LINES}.
     */
    CompletableFuture<Void> log(JobId id, List<LogLine> lines);

    /** Returns jobs that time moves up to an instant, the first due first. */
    List<StoredJob> due(Instant until, int limit);

    /** Returns the earliest instant at which a job is due; empty if no job waits for time. */
    Optional<Instant> nextDue();

    /** Returns a slice of at most {@code limit} dependencies to release; without parents if nothing must be released. */
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
     * Sets the rule that starts jobs in the commit that admits them; replaces an earlier one. Without a rule, or on a host that is not the
     * leader, a job that was admitted waits for {@link #claim}. A store without this feature ignores the rule.
     */
    default void startWith(AdmissionStarts rule) {
        // each job waits for its claim
    }

    /**
     * Returns the runs of this host that the leader, another host, has started, without those that have ended or now belong to another
     * host.
     */
    List<Assignment> assigned(List<JobEvent> starts);

    /** Removes the release markers of parents whose edges were released, and that have no more edges. */
    CompletableFuture<Void> released(Collection<JobId> parents);

    /** Returns the jobs whose runs belong to ended incarnations and will not be finished; still running in the store. */
    List<StoredJob> lostRuns(int limit);

    /**
     * Begins a removal of jobs. First reads the dependencies of all unfinished jobs, page by page.
     *
     * @return must be closed before a second removal begins
     * @throws io.jobyard.api.StoreException if one is already open, or the store does not answer
     */
    JobRemoval removal();
}
