// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Explanation;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.api.Progress;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.text.StackLines;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads single jobs for any caller. */
final class JobReports {

    private static final int MOST_ALIKE = 1_000;
    private static final int MAX_EVENTS = 10_000;

    private final JobReads store;
    private final FeedStore feed;
    private final QueueRules queue;
    private final LiveRuns runs;
    private final Tally tally;
    private final Explainer explainer;

    JobReports(JobReads store, FeedStore feed, QueueRules queue, LiveRuns runs, Tally tally, Explainer explainer) {
        this.store = store;
        this.feed = feed;
        this.queue = queue;
        this.runs = runs;
        this.tally = tally;
        this.explainer = explainer;
    }

    Job status(JobId id) {
        StoredJob stored = stored(id);
        return live(stored.job(), runs.anywhere(stored));
    }

    JobId resolve(String idOrEnding) {
        return IdEnding.resolve(idOrEnding, store::endingWith);
    }

    /** Resolves the ending of an id among one submitter's jobs, or a whole id. */
    JobId resolve(String idOrEnding, String submitter) {
        return IdEnding.resolve(
                idOrEnding,
                (ending, limit) -> ending.length() == IdEnding.WHOLE
                        ? store.endingWith(ending, limit)
                        : ofSubmitter(store.endingWith(ending, MOST_ALIKE), submitter).stream()
                                .limit(limit)
                                .toList());
    }

    List<JobId> ofSubmitter(Collection<JobId> ids, String submitter) {
        return store.jobs(ids).values().stream()
                .map(StoredJob::job)
                .filter(job -> job.submitter().equals(submitter))
                .map(Job::id)
                .toList();
    }

    JobPage find(JobQuery query) {
        JobPage page = store.find(query, routed(query.filter()));
        return new JobPage(
                page.jobs().stream().map(job -> live(job, runs.here(job))).toList(),
                page.next(),
                page.lookedBackTo(),
                page.asOf());
    }

    JobFacets facets(JobFilter filter) {
        return store.facets(filter, routed(filter), type -> queue.route(null, type));
    }

    private Set<String> routed(JobFilter filter) {
        Set<String> wanted = filter.queues();
        store.awaitListeners(); // a type may be new
        return wanted.isEmpty() ? Set.of() : tally.types(type -> wanted.contains(queue.route(null, type)));
    }

    String queue(Job job) {
        return queue.route(TallyKey.queue(job), job.type());
    }

    Map<String, Object> payload(JobId id) {
        return StoredJson.object(store.payload(id).orElseThrow(() -> new JobNotFoundException(id.toString())));
    }

    List<JobId> dependencies(JobId id) {
        stored(id);
        return store.dependencies(id);
    }

    JobGroup group(String submitter, String name) {
        return store.group(submitter, name)
                .orElseThrow(() ->
                        new ValidationException("unknown group '" + name + "': no job of " + submitter + " is in it"));
    }

    List<JobId> endedBecauseOf(JobId id, int limit) {
        stored(id);
        return store.endedBecauseOf(id, null, limit);
    }

    JobResult result(JobId id) {
        Job job = status(id);
        String result = store.results(List.of(id)).get(id);
        return new JobResult(
                id,
                job.status(),
                result == null ? null : StoredJson.object(result),
                job.state().error(),
                job.state().run().startedAt(),
                job.state().completedAt(),
                executionTime(job));
    }

    List<HistoryEvent> history(JobId id) {
        List<HistoryEvent> events = store.history(id);
        if (events.isEmpty()) {
            throw new JobNotFoundException(id.toString());
        }
        return events;
    }

    List<JobEvent> events(EventCursor after, int limit) {
        if (limit < 1 || limit > MAX_EVENTS) {
            throw new ValidationException("limit " + limit + " is out of range; use 1 to " + MAX_EVENTS);
        }
        return feed.events(after, limit);
    }

    EventCursor newestCursor() {
        return feed.newest();
    }

    List<LogLine> log(JobId id) {
        stored(id);
        return StackLines.without(store.log(id));
    }

    List<NumberedLine> log(JobId id, int after) {
        stored(id);
        return store.log(id, after).stream()
                .filter(line -> !StackLines.is(line.line()))
                .toList();
    }

    Map<Integer, String> stacks(JobId id) {
        stored(id);
        return StackLines.byRun(store.log(id));
    }

    Explanation explain(JobId id) {
        store.awaitListeners(); // the queue knows the lane of a new job only after this wait
        return explainer.explain(stored(id));
    }

    Optional<Progress> progress(JobId id) {
        return store.job(id).flatMap(runs::anywhere).map(LiveRun::progress);
    }

    private StoredJob stored(JobId id) {
        return store.job(id).orElseThrow(() -> new JobNotFoundException(id.toString()));
    }

    /** Adds the data of the current run. Only the job's worker knows when the handler began. */
    private static Job live(Job job, Optional<LiveRun> run) {
        JobState state = job.state();
        Instant startedAt = state.status() == JobStatus.RUNNING
                ? run.map(LiveRun::startedAt).orElse(null)
                : null;
        if (startedAt == null) {
            return job;
        }
        JobState now = new JobState(
                state.status(),
                state.reason(),
                state.changedAt(),
                state.completedAt(),
                state.error(),
                new JobState.RunState(
                        state.run().number(),
                        state.run().attempt(),
                        startedAt,
                        state.run().host(),
                        state.run().queue(),
                        state.run().begunWith()));
        return new Job(job.id(), job.submitter(), job.createdAt(), job.terms(), now);
    }

    /** Computes the time from the history, because the job's state may have changed since the run ended. */
    private @Nullable Duration executionTime(Job job) {
        Instant startedAt = job.state().run().startedAt();
        if (startedAt == null || job.status() == JobStatus.RUNNING) {
            return null;
        }
        return store.history(job.id()).stream()
                .filter(event -> event.from() == JobStatus.RUNNING)
                .reduce((earlier, later) -> later)
                .map(end -> between(startedAt, end.at()))
                .orElse(null);
    }

    /** Returns the time between two instants, or zero if the clock was set back. */
    private static Duration between(Instant start, Instant end) {
        return start.isAfter(end) ? Duration.ZERO : Duration.between(start, end);
    }
}
