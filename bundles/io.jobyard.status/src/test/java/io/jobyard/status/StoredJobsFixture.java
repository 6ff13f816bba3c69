// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.store.Moves;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs put straight into a store in memory, and moved there. */
final class StoredJobsFixture {

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    final InMemoryStore store = new InMemoryStore(new UUID(0, 1), "here");
    final FakeHandlerCatalog handlers = new FakeHandlerCatalog();
    private long made;

    JobId admit(@Nullable String queue, int priority) {
        return admit(new JobId(new UUID(1, ++made)), queue, priority);
    }

    JobId admit(JobId id, @Nullable String queue, int priority) {
        JobState state = new JobState(JobStatus.QUEUED, null, START, null, null, JobState.RunState.NONE);
        return admit(id, queue, priority, state, List.of(), 0).id();
    }

    /** One that waits for those of its parents that are not over. */
    StoredJob child(List<JobId> parents, int pending) {
        JobState state =
                new JobState(JobStatus.WAITING, Reason.DEPENDENCIES, START, null, null, JobState.RunState.NONE);
        return admit(new JobId(new UUID(1, ++made)), null, 5, state, parents, pending);
    }

    private StoredJob admit(
            JobId id, @Nullable String queue, int priority, JobState state, List<JobId> parents, int pending) {
        JobTerms terms = new JobTerms(
                "work",
                new JobTerms.RoutingTerms(queue, priority, null),
                new JobTerms.RunRules(Duration.ofSeconds(60), 3),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, null),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(List.of(), Map.of()));
        Instant ready = state.status() == JobStatus.QUEUED ? START : null;
        StoredJob job = new StoredJob(
                new Job(id, "alice", START, terms, state),
                new SchedulingState(1, pending, 0, false, null, ready, null));
        HistoryEvent event = new HistoryEvent(
                START,
                "alice",
                null,
                state.status(),
                state.reason(),
                new HistoryEvent.HistoryRun(null, 0, 0, null),
                "");
        Set<JobId> edges = Set.copyOf(parents.subList(parents.size() - pending, parents.size()));
        store.admit(List.of(new AdmittedJob(job, "{\"n\":1}", parents, edges, event)))
                .join();
        return job;
    }

    /** Starts a queued job. */
    Assignment start(JobId id) {
        Move start = Moves.start(store.job(id).orElseThrow(), store);
        store.move(start).join();
        return Assignment.of(start, "{}");
    }

    /** Somebody changes the queue of a job. */
    void changeQueue(JobId id, String queue) {
        StoredJob job = store.job(id).orElseThrow();
        JobTerms terms = new JobChange().queue(queue).applyTo(job.job().terms());
        SchedulingState books = new SchedulingState(job.books().version() + 1, 0, 0, false, null, START, null);
        store.move(new Move(job, terms, job.job().state(), books, null, null, EdgeChange.NONE))
                .join();
    }

    /** Somebody pauses a queued job, three seconds after the start. */
    void pause(JobId id, String why, Instant until) {
        StoredJob job = store.job(id).orElseThrow();
        Instant now = START.plusSeconds(3);
        JobState state = new JobState(JobStatus.WAITING, Reason.PAUSED, now, null, null, JobState.RunState.NONE);
        SchedulingState books = new SchedulingState(2, 0, 0, false, null, START, until);
        HistoryEvent event = new HistoryEvent(
                now,
                "ann",
                JobStatus.QUEUED,
                JobStatus.WAITING,
                Reason.PAUSED,
                new HistoryEvent.HistoryRun(null, 0, 0, null),
                why);
        store.move(new Move(job, state, books, event, null, EdgeChange.NONE)).join();
    }

    /** Moves a job so many seconds after the start. */
    void move(JobId id, JobStatus to, int second, @Nullable Instant startedAt, @Nullable String result) {
        move(id, to, null, second, startedAt, result);
    }

    void move(
            JobId id,
            JobStatus to,
            @Nullable Reason reason,
            int second,
            @Nullable Instant startedAt,
            @Nullable String result) {
        StoredJob job = store.job(id).orElseThrow();
        Instant now = START.plusSeconds(second);
        JobStatus from = job.job().status();
        int run = job.job().state().run().number() + (to == JobStatus.RUNNING ? 1 : 0);
        JobState state = new JobState(
                to,
                reason,
                now,
                to.isFinished() ? now : null,
                null,
                new JobState.RunState(run, run, startedAt, "here", null, null));
        SchedulingState books = new SchedulingState(job.books().version() + 1, 0, 0, false, null, START, null);
        HistoryEvent event = new HistoryEvent(
                now, HistoryEvent.HOST, from, to, null, new HistoryEvent.HistoryRun("here", run, run, null), "");
        store.move(new Move(job, state, books, event, result, EdgeChange.NONE)).join();
    }
}
