// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Activity;
import io.jobyard.api.DeployedFile;
import io.jobyard.api.EventCursor;
import io.jobyard.api.Explanation;
import io.jobyard.api.Finding;
import io.jobyard.api.HandlerStatus;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.PendingJob;
import io.jobyard.api.Progress;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.Statistics;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobReads;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.RunMonitor;
import io.jobyard.api.spi.StackLines;
import io.jobyard.api.spi.StatusReporters;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.TallyKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Answers a {@link StatusReporter}'s questions from the store, the lanes and the workers, whoever asks;
 * {@link CallerStatusReporter} asks what the caller may see.
 */
@Component(service = {StatusReporterComponent.class, StatusReporters.class, CommitListener.class})
public final class StatusReporterComponent implements StatusReporters, CommitListener {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final int MOST_ALIKE = 1_000;
    private static final int MAX_EVENTS = 10_000;
    /** Sizes were checked when the job was stored. */
    private static final StreamReadConstraints UNBOUNDED = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();

    private final JobReads store;
    private final QueueManager queue;
    private final HandlerCatalog handlers;
    private final RunMonitor runs;
    private final Examiners examiners;
    private final Access access;
    private final Clock clock;
    private final Explainer explainer;
    private final Tally tally;
    private final ObjectMapper mapper = new ObjectMapper(
            JsonFactory.builder().streamReadConstraints(UNBOUNDED).build());

    @Activate
    public StatusReporterComponent(
            @Reference JobReads store,
            @Reference QueueManager queue,
            @Reference HandlerCatalog handlers,
            @Reference RunMonitor runs,
            @Reference Examiners examiners,
            @Reference Access access,
            @Reference Clock clock) {
        this.store = store;
        this.queue = queue;
        this.handlers = handlers;
        this.runs = runs;
        this.examiners = examiners;
        this.access = access;
        this.clock = clock;
        this.tally = new Tally(queue::route, clock);
        this.explainer = new Explainer(queue, store, runs);
    }

    @Override
    public StatusReporter of(Caller caller) {
        return new CallerStatusReporter(caller, access, this);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        tally.opened(snapshot);
    }

    @Override
    public void committed(List<Committed> changes) {
        tally.committed(changes);
    }

    @Override
    public void removed(List<StoredJob> jobs) {
        tally.removed(jobs);
    }

    Job status(JobId id) {
        return live(stored(id));
    }

    JobId resolve(String idOrEnding) {
        return IdEnding.resolve(idOrEnding, store::endingWith);
    }

    /** Among one submitter's jobs, or a whole id. */
    JobId resolve(String idOrEnding, String submitter) {
        return IdEnding.resolve(
                idOrEnding,
                (ending, limit) -> ending.length() == IdEnding.WHOLE
                        ? store.endingWith(ending, limit)
                        : ofSubmitter(store.endingWith(ending, MOST_ALIKE), submitter).stream()
                                .limit(limit)
                                .toList());
    }

    List<JobId> ofSubmitter(List<JobId> ids, String submitter) {
        return store.jobs(ids).values().stream()
                .map(StoredJob::job)
                .filter(job -> job.submitter().equals(submitter))
                .map(Job::id)
                .toList();
    }

    JobPage find(JobQuery query) {
        String wanted = query.queue();
        Set<String> routed = wanted == null ? Set.of() : tally.types(type -> isRouted(type, wanted));
        JobPage page = store.find(query, routed);
        return new JobPage(page.jobs().stream().map(this::live).toList(), page.next(), page.lookedBackTo());
    }

    private boolean isRouted(String type, String wanted) {
        return queue.route(null, type).equals(wanted);
    }

    String queue(Job job) {
        return queue.route(TallyKey.queue(job), job.type());
    }

    Map<String, Object> payload(JobId id) {
        return object(store.payload(id).orElseThrow(() -> new JobNotFoundException(id.toString())));
    }

    List<JobId> dependencies(JobId id) {
        stored(id);
        return store.dependencies(id);
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
                result == null ? null : object(result),
                job.state().error(),
                job.state().startedAt(),
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
            throw new ValidationException(
                    "limit " + limit + " is out of range; ask for 1 to " + MAX_EVENTS + " events at once");
        }
        return store.events(after, limit);
    }

    List<LogLine> log(JobId id) {
        stored(id);
        return StackLines.without(store.log(id));
    }

    Map<Integer, String> stacks(JobId id) {
        stored(id);
        return StackLines.byRun(store.log(id));
    }

    Explanation explain(JobId id) {
        return explainer.explain(store.job(id).orElseThrow(() -> new JobNotFoundException(id.toString())));
    }

    List<PendingJob> pending(int limit) {
        return PendingJobs.of(queue, store, limit);
    }

    Optional<Progress> progress(JobId id) {
        return runs.run(id).map(LiveRun::progress);
    }

    Statistics statistics() {
        tally.awaitCounted();
        return tally.statistics(queue.queues().stream()
                .map(QueueStatus::oldestReady)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .orElse(null));
    }

    Activity activity() {
        return tally.activity();
    }

    List<Finding> doctor() {
        return Stream.of(
                        examiners.examine(),
                        MissingHandlers.findings(handlers()),
                        Backlog.findings(queue.lanes(), clock.instant()))
                .flatMap(List::stream)
                .toList();
    }

    List<QueueStatus> queues() {
        return queue.queues();
    }

    List<LimitStatus> limits() {
        return queue.limits();
    }

    List<HandlerStatus> handlers() {
        return HandlerOverview.of(handlers.handlers(), queue.lanes());
    }

    List<DeployedFile> deployed() {
        return examiners.deployed();
    }

    Optional<Map<String, Object>> schema(String type) {
        return handlers.schema(type, null).map(this::object);
    }

    private Job stored(JobId id) {
        return store.job(id)
                .orElseThrow(() -> new JobNotFoundException(id.toString()))
                .job();
    }

    /** While a job runs, only its worker knows when the handler began. */
    private Job live(Job job) {
        JobState state = job.state();
        Instant startedAt = state.status() == JobStatus.RUNNING ? liveStart(job) : null;
        if (startedAt == null) {
            return job;
        }
        JobState now = new JobState(
                state.status(),
                state.reason(),
                state.run(),
                state.attempt(),
                state.changedAt(),
                startedAt,
                state.completedAt(),
                state.error(),
                state.host(),
                state.queue());
        return new Job(job.id(), job.submitter(), job.createdAt(), job.terms(), now);
    }

    private @Nullable Instant liveStart(Job job) {
        return runs.run(job.id())
                .filter(run -> run.run() == job.state().run())
                .map(LiveRun::startedAt)
                .orElse(null);
    }

    /** From the history: the job's state may have changed since the run ended. */
    private @Nullable Duration executionTime(Job job) {
        Instant startedAt = job.state().startedAt();
        if (startedAt == null || job.status() == JobStatus.RUNNING) {
            return null;
        }
        return store.history(job.id()).stream()
                .filter(event -> event.from() == JobStatus.RUNNING)
                .reduce((earlier, later) -> later)
                .map(end -> between(startedAt, end.at()))
                .orElse(null);
    }

    /** Not negative, also if the clock was set back. */
    private static Duration between(Instant start, Instant end) {
        return start.isAfter(end) ? Duration.ZERO : Duration.between(start, end);
    }

    private Map<String, Object> object(String json) {
        try {
            return mapper.readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw new StoreException("a stored JSON document cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
