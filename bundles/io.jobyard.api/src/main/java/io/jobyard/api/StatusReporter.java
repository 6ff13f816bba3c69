// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that tells about jobs. It never changes one. Each bundle gets one of its own, so that the host knows who
 * asks.
 *
 * <p>Every method may throw {@link AccessException} when the caller's roles do not allow it.
 */
@ProviderType
public interface StatusReporter {

    /**
     * Looks a job up.
     *
     * @return the job as it is now; while it runs, with its handler's first line
     * @throws JobNotFoundException if there is no such job
     */
    Job status(JobId id);

    /**
     * Finds the job whose id ends with these characters.
     *
     * @param idOrEnding an id, or the last characters of one
     * @throws JobNotFoundException if no job's id ends so
     * @throws ValidationException if several do, or the text can end no id
     */
    JobId resolve(String idOrEnding);

    /**
     * Lists jobs, the youngest first; only the caller's own if its roles let it see no others.
     *
     * @param query which ones, and how many at most
     * @return the jobs found; {@link JobPage#lookedBackTo} if the search ended before it had looked at all
     */
    JobPage find(JobQuery query);

    /**
     * Counts jobs, and how they divide; only the caller's own if its roles let it see no others.
     *
     * @param filter which ones
     * @return the numbers; {@link JobFacets.Coverage#lookedBackTo} if the count ended before it had looked at all
     */
    JobFacets facets(JobFilter filter);

    /**
     * The queue a job stands in, runs in or ran in.
     *
     * @return that of the latest run while it runs and once the job is final; else the one it asked for; else the one its
     *     type is routed to now, or {@link Job#DEFAULT_QUEUE}
     */
    String queue(Job job);

    /**
     * Whether the caller may not see what a job was submitted with and what it came to: its payload, its result, the values of its
     * steps and its stream.
     *
     * @return true if {@link #payload} would be refused; false also where single values are hidden by the configuration of the type
     * @throws JobNotFoundException if there is no such job
     */
    boolean hidesPayload(JobId id);

    /**
     * The payload of a job. In others' jobs, what the configuration of the type hides has {@code (hidden)} in its place.
     *
     * @return a JSON object
     * @throws JobNotFoundException if there is no such job
     */
    Map<String, Object> payload(JobId id);

    /**
     * The jobs that a job was told to wait for.
     *
     * @return their ids, in the order of the specification
     * @throws JobNotFoundException if there is no such job
     */
    List<JobId> dependencies(JobId id);

    /**
     * The jobs around a job: what it waits for and what waits for it, theirs in turn, and what ended because of one of them.
     *
     * @param limit how many jobs at most on each side, from 1 to {@value JobGraph#MOST}
     * @return those that the caller may see, the nearest first
     * @throws JobNotFoundException if there is no such job
     * @throws ValidationException if the limit is out of range
     */
    JobGraph graph(JobId id, int limit);

    /**
     * How far a group of jobs is.
     *
     * @param submitter whose group it is; null for the caller's own
     * @return what becomes of its jobs now
     * @throws ValidationException if there is none with a job that is still stored
     * @throws AccessException if the caller may not see it
     */
    JobGroup group(String name, @Nullable String submitter);

    /**
     * The jobs that failed or were cancelled because this one ended badly, and were not retried since: those that the caller
     * may see.
     *
     * @param id a job that they depend on
     * @param limit how many at most
     * @return their ids
     * @throws JobNotFoundException if there is no such job
     */
    List<JobId> endedBecauseOf(JobId id, int limit);

    /**
     * What a job came to; without its result if {@link #hidesPayload} says so.
     *
     * @return its outcome so far
     * @throws JobNotFoundException if there is no such job
     */
    JobResult result(JobId id);

    /**
     * Every change of a job, the oldest first.
     *
     * @throws JobNotFoundException if there is no such job
     */
    List<HistoryEvent> history(JobId id);

    /**
     * Every change of several jobs, such as those of a page that {@link #find} gave, at a fraction of the cost of asking for each.
     *
     * @return the history of each that exists and that the caller may see, the oldest change first
     */
    Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids);

    /**
     * The changes of all jobs, in the order in which they were stored: with the cursor of the last event that it has dealt with,
     * a follower misses none, also over restarts of the host, and hears of jobs that were removed since. They are kept for a time and up to
     * a size that {@code feed.hours} and {@code feed.max.mb} of {@code io.jobyard.retention} say.
     *
     * @param after only those behind this place; {@link EventCursor#START} for all that are kept
     * @param limit how many at most, from 1 to 10,000
     * @return the first of them; fewer than the limit if there are no more
     * @throws CursorExpiredException if some behind that place are not kept any more
     * @throws ValidationException if the limit is out of range, or the cursor leads to no place
     */
    List<JobEvent> events(EventCursor after, int limit);

    /**
     * Where the events end now: who has missed some begins again here, and reads then how the jobs are.
     *
     * @return the cursor of the last event that is stored; {@link EventCursor#START} before the first
     */
    EventCursor newestCursor();

    /**
     * What a job's handler wrote to its log.
     *
     * @return the newest 1,000 lines at most, the oldest first
     * @throws JobNotFoundException if there is no such job
     */
    List<LogLine> log(JobId id);

    /**
     * What a job's handler wrote to its log behind a place, for who follows it.
     *
     * @param after only the lines behind the one with this number; 0 for all that are kept
     * @return the newest 1,000 lines at most, the oldest first
     * @throws JobNotFoundException if there is no such job
     */
    List<NumberedLine> logAfter(JobId id, int after);

    /**
     * The steps and waits of a job.
     *
     * @return those that count in the order of its handler's calls, and behind them those that a retry has dropped
     * @throws JobNotFoundException if there is no such job
     */
    List<JobStep> steps(JobId id);

    /**
     * What a step of a job gave.
     *
     * @param name the step's name
     * @return a JSON value, as maps, lists, texts, numbers and booleans; empty if it is null, or the wait is not over
     * @throws JobNotFoundException if there is no such job
     * @throws ValidationException if the job has no step of that name; says which it has
     */
    Optional<Object> stepValue(JobId id, String name);

    /**
     * The signals that a job was given and that nothing has taken yet.
     *
     * @return in the order in which they were given; at most 100
     * @throws JobNotFoundException if there is no such job
     */
    List<JobSignal> signals(JobId id);

    /**
     * What a job's handler has emitted.
     *
     * @param after only what stands behind this position: that of the last piece that is known; 0 from the beginning
     * @param limit how many pieces at most, from 1 to 10,000
     * @return in order; fewer than the limit if there are no more by now
     * @throws JobNotFoundException if there is no such job
     * @throws ValidationException if the limit is out of range
     */
    List<StreamPiece> stream(JobId id, long after, int limit);

    /**
     * Where a job's handler was when its runs failed. A stack trace is kept like lines of the job's log, and goes when newer
     * ones push it out.
     *
     * @return the stack traces, of several lines each and at most 8,000 characters, by the number of the run; none of runs
     *     that ended without an exception
     * @throws JobNotFoundException if there is no such job
     */
    Map<Integer, String> stacks(JobId id);

    /**
     * What the runs of a job have used of units, as its handler told.
     *
     * @return an entry for each run and unit, by run and unit
     * @throws JobNotFoundException if there is no such job, and the caller may not see all
     */
    List<RunUse> uses(JobId id);

    /**
     * What the runs of all jobs have used of units, page by page, also of jobs that are removed by now.
     *
     * @param since of runs that began then or later
     * @param until of runs that began before
     * @param after only those behind this one, the last of the page before; null for the first page
     * @param limit how many at most
     * @return by the beginnings of the runs; fewer than the limit if there are no more
     */
    List<RunUse> allUses(Instant since, Instant until, @Nullable RunUse after, int limit);

    /**
     * Sums of what runs have used; only of the caller's own jobs if its roles let it see no others.
     *
     * @param query of which runs, and by what they are told apart
     * @return by period, group and unit
     * @throws ValidationException if these would be more than {@value UsageQuery#MAX_SUMS} sums
     */
    List<Usage> usage(UsageQuery query);

    /**
     * Says why a job does not run just now.
     *
     * @return all that keeps it from starting
     * @throws JobNotFoundException if there is no such job
     */
    Explanation explain(JobId id);

    /**
     * The ready jobs in starting order: by level, by the turns of submitters, by how long they are ready. Those that a gate
     * holds stand at their place too, as others pass them only until it opens; those that start earlier for their age do not.
     *
     * @param filter which of them
     * @param limit how many at most, 1 to {@value PendingJob#MOST}
     * @return those among the first {@value PendingJob#MOST} of all that are meant and that the caller may see, each with its
     *     place among all; fewer than there are where the order is only known in part
     * @throws AccessException if the filter names a submitter whose jobs the caller may not see
     * @throws ValidationException if the limit is out of range
     */
    List<PendingJob> pending(JobFilter filter, int limit);

    /**
     * How far a running job says it is.
     *
     * @return the latest progress its handler reported in this run; empty if it does not run here or reported none
     */
    Optional<Progress> progress(JobId id);

    /** Numbers over all jobs. Costs the same however many there are. */
    Statistics statistics();

    /**
     * What jobs did lately: how many came and went, how long they waited and ran. Costs the same however many jobs
     * there are.
     *
     * @return the activity of the last fifteen minutes, of this host since its start at the most
     */
    Activity activity();

    /**
     * How many jobs were ready and ran lately, so that a chart has a beginning.
     *
     * @return one for each five seconds of the last fifteen minutes since the host started, the oldest first
     * @throws AccessException if the caller may not look
     */
    List<Load> load();

    /**
     * What somebody should look at: refused configurations, stuck threads, types without a handler.
     *
     * @return the findings; all is well if there is none but notes
     */
    List<Finding> doctor();

    /**
     * The queues: those that are configured, paused, or hold jobs that are ready or run.
     *
     * @return one entry each, by name
     */
    List<QueueStatus> queues();

    /**
     * The pauses of types, limits, users and all jobs that are in force; those of queues are told by {@link #queues}.
     *
     * @return one entry each, by target
     */
    List<Pause> pauses();

    /**
     * The limits: those that are configured, and those that ready or running jobs name.
     *
     * @return one entry each, by name
     */
    List<LimitStatus> limits();

    /**
     * The canaries of types: versions that are tried with a share of the jobs.
     *
     * @return one entry each, by type
     */
    List<CanaryStatus> canaries();

    /**
     * The hosts that share the database, this one among them.
     *
     * @return one entry each, the first that began first
     */
    List<HostStatus> hosts();

    /**
     * The handlers that are there, and those that jobs wait for.
     *
     * @return one entry for each type and version, by type
     */
    List<HandlerStatus> handlers();

    /**
     * The files in {@code deploy/} and what became of each, as of half a second ago.
     *
     * @return by name; empty in a host that has no such directory of its own, such as Karaf
     */
    List<DeployedFile> deployed();

    /**
     * The same service on behalf of somebody else: it tells what that user's roles allow.
     *
     * @param user the user, 1 to 200 characters
     * @return a service that tells what the user may see
     * @throws ValidationException if the name is empty or too long
     * @throws AccessException if the caller may not speak for others
     */
    StatusReporter as(String user);

    /**
     * What the payload of a type must be, as the handler says that would get a job of it now.
     *
     * @return a JSON Schema; empty if there is no handler or it says nothing
     */
    Optional<Map<String, Object>> schema(String type);
}
