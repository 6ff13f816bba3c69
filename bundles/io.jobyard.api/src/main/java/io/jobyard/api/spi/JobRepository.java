// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.LogLine;
import io.jobyard.api.QueuePause;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The durable state of all jobs. The service is there while the store is open.
 *
 * <p>Changes go through one writing thread, which commits what has arrived in one transaction and then completes each
 * caller's future; a change that fails does so alone. Reads see what is committed. Safe for use by several threads;
 * an interrupted caller gets a {@link io.jobyard.api.StoreException} and keeps its interrupt, the database never sees
 * it.
 */
@ProviderType
public interface JobRepository {

    /** How many lines of a job's log are kept. */
    int MAX_LOG_LINES = 1_000;

    /** How many dependents one commit releases at most beside the ends that they waited for. */
    int MAX_DEPENDENTS = 64;

    /**
     * How much the millisecond in the id of a new job (a UUID of version 7) may be later than its creation; earlier it
     * never is.
     */
    Duration ID_LEAD = Duration.ofHours(1);

    /** Among how many jobs, the youngest, one is found by the end of its id. */
    int MOST_ENDINGS = 1_000_000;

    /**
     * This host from its start to its end; written to the store before this service is there.
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
     *
     * @param jobs the jobs
     * @return completed after the commit; exceptionally with {@link KeyTakenException},
     *     {@link io.jobyard.api.QuotaException} when too much is waiting, or {@link io.jobyard.api.StoreException}
     */
    CompletableFuture<Void> admit(List<AdmittedJob> jobs);

    /**
     * Begins to remove jobs. Reads first what all jobs depend on that have not ended, page by page.
     *
     * @return to be closed; a second one must wait until then
     * @throws io.jobyard.api.StoreException if one is open already, or the store does not answer
     */
    JobRemoval removal();

    /**
     * Changes a job, if it still has the version that the decision saw. A move to a final status also writes a release
     * marker if edges lead from the job, and frees its key; one back from there takes both again, and its edges as at its
     * admission: one to a parent that is final by then gets a marker, and a parent must still be there. One to or from
     * {@code dueAt} keeps the timer.
     *
     * @param move the change
     * @return completed after the commit: true, or false if the job had changed meanwhile and nothing was stored;
     *     exceptionally only if the change is known not to be stored: with {@link KeyTakenException} if the job was
     *     final, is no longer, and another holds its key by now; with {@link io.jobyard.api.StoreException} if the
     *     store refuses it, or closes. A connection that is lost fails no move: it is kept until the database is back
     */
    CompletableFuture<Boolean> move(Move move);

    /**
     * Changes a job like {@link #move(Move)}; if that ends it, those that waited for it are released in the same commit,
     * and those that waited for these if they end by it, as long as they are few: at most {@value #MAX_DEPENDENTS} in
     * all. The others, and those that the rule fails on, are left to a release marker.
     *
     * @param move the change
     * @param rule what it brings to those that wait for it
     * @return as of {@link #move(Move)}
     */
    CompletableFuture<Boolean> move(Move move, ReleaseRule rule);

    /**
     * Removes the release markers of those parents that have no edge left.
     *
     * @param parents jobs whose edges were released
     * @return completed after the commit
     */
    CompletableFuture<Void> released(Collection<JobId> parents);

    /**
     * Adds lines to a job's log, its handler's and {@link StackLines}, and drops the oldest beyond
     * {@value #MAX_LOG_LINES}.
     *
     * @param id the job
     * @param lines the lines, the oldest first
     * @return completed after the commit
     */
    CompletableFuture<Void> log(JobId id, List<LogLine> lines);

    /**
     * Remembers that a handler has served these types.
     *
     * @param types the types
     * @return completed after the commit
     */
    CompletableFuture<Void> served(Collection<String> types);

    /**
     * The types that a handler has ever served.
     *
     * @return their names
     */
    Set<String> servedTypes();

    /**
     * Remembers how far limits are drawn. What follows in the order of calls is not stored before.
     *
     * @param levels each replaces the one of the same name and unit
     * @return completed after the commit
     */
    CompletableFuture<Void> levels(Collection<LimitLevel> levels);

    /**
     * How far limits are drawn.
     *
     * @return all that were ever remembered
     */
    List<LimitLevel> levels();

    /**
     * Pauses a queue, until it is resumed; replaces an earlier pause of it.
     *
     * @param pause which queue, and what is to be told of it
     * @param audit appended to the audit in the same commit
     * @return completed after the commit
     */
    CompletableFuture<Void> pause(QueuePause pause, AuditEntry audit);

    /**
     * Forgets the pause of a queue.
     *
     * @param queue the queue
     * @param audit appended to the audit in the same commit
     * @return completed after the commit
     */
    CompletableFuture<Void> resume(String queue, AuditEntry audit);

    /**
     * The pauses there are, also those whose time is over.
     *
     * @return one for each queue
     */
    List<QueuePause> pauses();

    /**
     * Appends to the audit. Entries that go with another change are appended with it.
     *
     * @param entry what is to be said
     * @return completed after the commit
     */
    CompletableFuture<Void> audit(AuditEntry entry);

    /**
     * The audit of one life of the host.
     *
     * @param incarnation the life
     * @param after only rows with higher numbers; 0 for all
     * @param limit how many at most
     * @return by number
     */
    List<AuditRow> audit(UUID incarnation, long after, int limit);

    /**
     * The latest row of this life's audit.
     *
     * @return the row; empty if there is none
     */
    Optional<AuditRow> lastAudit();

    /**
     * Removes the first rows of one life's audit. Never the last of this life, by whose number and seal it goes on.
     *
     * @param incarnation the life
     * @param upTo the number of the last row to go; few enough at a time that others need not wait
     * @return completed after the commit
     */
    CompletableFuture<Void> cutAudit(UUID incarnation, long upTo);

    /**
     * The lives of the host of which there is an audit.
     *
     * @return their ids
     */
    List<UUID> audited();

    /**
     * The lives of the host that the store knows of, whether there is an audit of them or not. The audit of each begins with
     * an {@link AuditBegin}, stored with the life itself, unless an older version of the store has written it.
     *
     * @return their ids, the first life first
     */
    List<UUID> lives();

    /**
     * Looks a job up.
     *
     * @param id the job
     * @return the job; empty if there is none
     */
    Optional<StoredJob> job(JobId id);

    /**
     * Looks several jobs up, with their payloads.
     *
     * @param ids the jobs
     * @return those that exist, in the order asked
     */
    List<LoadedJob> load(List<JobId> ids);

    /**
     * Looks several jobs up.
     *
     * @param ids the jobs
     * @return those that exist
     */
    Map<JobId, StoredJob> jobs(Collection<JobId> ids);

    /**
     * Who holds a key.
     *
     * @param submitter whose key
     * @param key the key
     * @return the job that is not final and has it; empty if none
     */
    Optional<JobId> keyHolder(String submitter, String key);

    /**
     * The ready jobs of a lane in order. Answered from an index alone, and for an estimated lane from one look at each
     * row besides; visits no more than it returns.
     *
     * @param lane the lane
     * @param after only what stands behind this place; null for the lane's head
     * @param limit how many at most
     * @return places, the first first
     */
    List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit);

    /**
     * Runs that another incarnation held and will not finish.
     *
     * @param limit how many at most
     * @return the jobs, still running as the store has it
     */
    List<StoredJob> lostRuns(int limit);

    /**
     * Jobs that time moves on.
     *
     * @param until those due by then
     * @param limit how many at most
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
    Releases releases(int limit);

    /**
     * The jobs that ended because this one ended badly, and have had no other life since.
     *
     * @param parent a job that they depend on
     * @param after only those with greater ids; null to begin
     * @param limit how many at most
     * @return their ids, rising
     */
    List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit);

    /**
     * What each of several jobs was told to wait for.
     *
     * @param ids the jobs
     * @return those that wait for any, as of {@link #dependencies(JobId)}
     */
    Map<JobId, List<JobId>> dependencies(Collection<JobId> ids);

    /**
     * The jobs that a job was told to wait for.
     *
     * @param id the job
     * @return their ids, in the order given at submit
     */
    List<JobId> dependencies(JobId id);

    /**
     * The payload of a job.
     *
     * @param id the job
     * @return a JSON object; empty if there is no such job
     */
    Optional<String> payload(JobId id);

    /**
     * The results of jobs.
     *
     * @param ids the jobs
     * @return JSON objects, in the order asked, of those that completed
     */
    Map<JobId, String> results(Collection<JobId> ids);

    /**
     * The log of a job.
     *
     * @param id the job
     * @return the oldest line first; empty if there is none
     */
    List<LogLine> log(JobId id);

    /**
     * Every change of a job.
     *
     * @param id the job
     * @return the oldest first; empty if there is no such job
     */
    List<HistoryEvent> history(JobId id);

    /**
     * The changes of all jobs, in the order of their cursors. What is committed later has a greater cursor.
     *
     * @param after only those behind this place
     * @param limit how many at most
     * @return the first of them
     */
    List<JobEvent> events(EventCursor after, int limit);

    /**
     * Lists jobs, the one with the last id first. The time of creation and the place in the list are found by an index.
     * What is asked besides is looked for among those jobs, in bounds of time and number: then the page says how far.
     *
     * @param query which ones
     * @param routed the types whose jobs stand in the query's queue if they asked for none and have not run
     * @return the jobs found
     */
    JobPage find(JobQuery query, Set<String> routed);

    /**
     * Finds jobs by the end of their id, among the youngest {@value #MOST_ENDINGS}; by a whole id among all.
     *
     * @param ending 1 to 32 lower-case hexadecimal digits, without hyphens
     * @param limit how many at most
     * @return ids
     */
    List<JobId> endingWith(String ending, int limit);
}
