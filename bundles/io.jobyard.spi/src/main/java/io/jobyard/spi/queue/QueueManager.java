// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.JobId;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.QueueStatus;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.StartRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Decides which ready job is next. Holds lanes in memory, fed by the store's commits. Safe for several threads. */
@ProviderType
public interface QueueManager {

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

    /**
     * Lets new jobs in, as far as their submitter's quotas go. They count from now on.
     *
     * @param submitter whose they are
     * @throws io.jobyard.api.QuotaException if they are too many; says of what, how much is used and when to try again
     */
    void reserve(String submitter, Collection<JobId> jobs);

    /**
     * Whether a new job would be let in now. Nothing counts for it.
     *
     * @throws io.jobyard.api.QuotaException as of {@link #reserve}
     */
    void requireRoom(String submitter);

    /**
     * What would hold a job that is ready, if it were stored now.
     *
     * @return by the gates; empty if nothing but its turn would
     */
    List<Blocker> foresee(StoredJob job);

    /**
     * Jobs that were let in were not stored.
     *
     * @param jobs the jobs of one {@link #reserve}
     */
    void unreserve(Collection<JobId> jobs);

    /**
     * A run's handler is at its first line next: what was taken for the job counts as drawn from now on, and comes back.
     * Without effect if the job does not run here.
     */
    void begun(JobId id);

    /**
     * A run says that it has used so much of a unit. Without effect if the job does not run here.
     *
     * @param amount how much more than before; not negative
     */
    void used(JobId id, String unit, double amount);

    /**
     * A run is to make a call: what that may use is taken from the limits of its job, first of what its start has taken. Returns once that is
     * stored, so that it outlives the host.
     *
     * @param id the job, while it runs here
     * @param number tells the call from all others of the job
     * @param estimate what it may use of each unit
     * @return false if the limits do not let it through now, or the job does not run here: then it must not be made
     * @throws io.jobyard.api.StoreException if it is not stored: then it must not be made
     */
    boolean beginCall(JobId id, long number, Map<String, Double> estimate);

    /**
     * A call is over, however it ended: what it was estimated to use and has not comes back, of each unit of which the run has told its use
     * since. Without effect for a call that has not begun.
     *
     * @param number the number of its beginning
     */
    void endCall(JobId id, long number);

    /**
     * How many calls the next start of a job should take from its limits at once, so that it takes no more than these can give at once.
     *
     * @param id the job, while it runs here
     * @param calls what each may use, in order; at least one
     * @return how many of the first; 1 at least
     */
    int callsAtOnce(JobId id, List<Map<String, Double>> calls);

    /**
     * A run says how much of a unit the other side has left: rates of the job's limits have no more than that from now on. Without effect
     * if the job does not run here, or no limit of it counts the unit.
     *
     * @param left how much is left; not negative
     * @param until until when the limits are shut that count the unit, if nothing is left
     */
    void remaining(JobId id, String unit, double left, Instant until);

    /**
     * Whether a budget that a job draws on is past its warning threshold in this period. Asked of the store where this host is not the leader.
     *
     * @param id the job, while it runs here
     * @return false also if no budget of the unit has a warning threshold, or the job does not run here
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    boolean isBudgetLow(JobId id, String unit);

    /**
     * A run met a limit on the other side: nothing that draws on the limits of its job starts for a while.
     *
     * @param id the job, while it runs
     * @param until when the limits open again
     * @return whether the job has limits
     */
    boolean rateLimited(JobId id, Instant until);

    /** The queues that are configured, paused, or hold jobs that are ready or run. */
    List<QueueStatus> queues();

    /**
     * The pauses of types, limits, users and all jobs that are in force; those of queues are told with the queues.
     *
     * @return by target
     */
    List<Pause> pauses();

    /** The limits that are configured, and those that ready or running jobs name, with all values. */
    default List<LimitStatus> limits() {
        return limits(value -> true);
    }

    /**
     * The limits that are configured, and those that ready or running jobs name.
     *
     * @param isShown whether a value is told, by its name such as {@code models=gpt-4o}; all count in the sums. Called with a lock
     *     held, so it asks nobody
     */
    List<LimitStatus> limits(Predicate<String> isShown);

    /**
     * The sorts of ready and running jobs that draw on values of limits.
     *
     * @return each once
     */
    Set<LaneKey> lanesWithValues();

    /**
     * The canaries of types.
     *
     * @return by type
     */
    List<CanaryStatus> canaries();

    /**
     * Whether no job of a type goes to its canary any more, as far as this host knows: the leader, which starts all jobs, always knows.
     * Waits for no lock.
     *
     * @return true once too many have failed there, until its configuration changes
     */
    boolean isRolledBack(String type);

    /**
     * The same as the leader has decided by now. Any other host reads it from the store.
     *
     * @return true once too many have failed there, until its configuration changes
     * @throws io.jobyard.api.StoreException if the store cannot be read
     */
    boolean hasRolledBack(String type);

    /**
     * The queue that jobs stand in.
     *
     * @param asked the one they asked for; null if none
     * @param type their type
     * @return the one asked for; else the one the type is routed to now
     */
    String route(@Nullable String asked, String type);

    /** Asks the gates again, and how much room this host has: one of them may have opened. */
    void wake();

    /** How many priority levels there are. */
    int priorityLevels();

    /**
     * The level of a job that asked for none.
     *
     * @return {@code min(5, levels)}
     */
    int defaultLevel();

    /**
     * The lanes that are not empty.
     *
     * @return a snapshot
     */
    List<LaneView> lanes();

    /**
     * How many ready jobs there are of each type.
     *
     * @return a snapshot; types without any are not in it
     */
    Map<String, Long> queuedByType();

    /**
     * Of the lanes that nothing holds, the one whose first job has waited longest.
     *
     * @return how it is now; empty if each is held, or none has a job
     */
    Optional<LaneView> oldestOpen();

    /**
     * One lane, as one of its jobs meets it.
     *
     * @param upTo the places of the lane in order, up to that of the job: what they draw of rates and budgets counts; empty
     *     for the lane's head
     * @return how it is now, with the gates that hold the job; empty if no ready job stands in it
     */
    Optional<LaneView> lane(LaneKey lane, List<ReadyJob> upTo);

    /**
     * The ready jobs that are first in order: as they would start if every gate were open and no other job came, those
     * aside that start earlier for their age.
     *
     * @param limit how many at most
     * @return the first first; fewer than there are where the order is only known in part
     */
    List<ClaimCandidate> upcoming(int limit);

    /**
     * How many open lanes come before one.
     *
     * @param lane an open lane
     * @return 0 if its first job is the next to start, but for aged ones
     */
    int ahead(LaneKey lane);

    /**
     * Whether a limit or a queue may be made or changed so while the host runs.
     *
     * @throws io.jobyard.api.ValidationException if its name or a value is wrong; says what, a line for each
     * @throws io.jobyard.api.StateConflictException if a file on this host says what it is
     */
    void requireDefinable(LimitDefinition definition);

    /**
     * How many places a limit has.
     *
     * @return its {@code running.max}; null if it has any number, or nobody has configured it
     */
    default @Nullable Integer runningMax(String limit) {
        return null;
    }

    /**
     * Why a limit on which such jobs draw could never give so much.
     *
     * @param type their type
     * @param handlerVersion the range their handler must be in; null for any
     * @param named the limits that they name themselves
     * @param estimate how much of each unit a run is expected to use
     * @return in words; null if each could
     */
    default @Nullable String oversized(
            String type, @Nullable String handlerVersion, Collection<String> named, Map<String, Double> estimate) {
        return null;
    }

    /**
     * The limits that count values apart.
     *
     * @return by name where a job has the value: {@code payload.PATH} or {@code label.NAME}
     */
    default Map<String, String> limitKeys() {
        return Map.of();
    }

    /**
     * The limits that count values apart, of those on which such jobs draw.
     *
     * @param type their type
     * @param handlerVersion the range their handler must be in; null for any
     * @param named the limits that they name themselves
     * @return by name where a job has the value: {@code payload.PATH} or {@code label.NAME}
     */
    default Map<String, String> limitKeys(String type, @Nullable String handlerVersion, Collection<String> named) {
        return Map.of();
    }
}
