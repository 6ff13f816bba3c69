// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.EventCursor;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobVersions;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes runs that have started, and what the store tells of them. */
final class AssignmentFixture {

    private final UUID incarnation;
    private final Map<JobId, JobTerms> made = new ConcurrentHashMap<>();
    /** Of the runs that are made from now on. */
    volatile @Nullable Instant deadline;
    /** What the store keeps of versions of these. */
    volatile JobVersions versions = JobVersions.NONE;

    AssignmentFixture(UUID incarnation) {
        this.incarnation = incarnation;
    }

    Assignment of(String type, @Nullable String range, String payload, int level) {
        JobTerms terms = new JobTerms(
                type,
                new JobTerms.RoutingTerms(null, level, range),
                new JobTerms.RunRules(WorkerFixture.TIMEOUT, 0),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, deadline),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(List.of(), Map.of()));
        JobId id = new JobId(new UUID(1, made.size() + 1));
        made.put(id, terms);
        return new Assignment(
                running(id, WorkerFixture.RUN, false, incarnation), payload, new HandlerName("1.0.0", "test 1.0.0"));
    }

    /** Somebody's cancel of the job while it had that run, started by that life of a host. */
    Committed cancelled(JobId id, int run, UUID by) {
        return new Committed(running(id, run, false, by), running(id, run, true, by), false, null, false);
    }

    /** The start of a run, as another host tells of it. */
    static Committed startedElsewhere(Assignment run) {
        StoredJob after = run.stored();
        JobState ready = new JobState(
                JobStatus.QUEUED,
                null,
                WorkerFixture.START,
                null,
                null,
                new JobState.RunState(2, 1, null, null, null, null));
        Job job = new Job(after.id(), "alice", WorkerFixture.START, after.job().terms(), ready);
        StoredJob before = new StoredJob(job, new SchedulingState(1, 0, 0, false, null, WorkerFixture.START, null));
        HistoryEvent change = new HistoryEvent(
                WorkerFixture.START,
                "host",
                JobStatus.QUEUED,
                JobStatus.RUNNING,
                null,
                new HistoryEvent.HistoryRun("here", WorkerFixture.RUN, 2, null),
                "");
        JobEvent event = new JobEvent(EventCursor.of("1"), after.id(), job.type(), "alice", null, change);
        return new Committed(before, after, false, event, true);
    }

    private StoredJob running(JobId id, int run, boolean cancelRequested, UUID by) {
        JobState state = new JobState(
                JobStatus.RUNNING,
                null,
                WorkerFixture.START,
                null,
                null,
                new JobState.RunState(run, 2, null, "here", null, null));
        SchedulingState books = new SchedulingState(2, 0, 0, cancelRequested, by, WorkerFixture.START, null, versions);
        return new StoredJob(new Job(id, "alice", WorkerFixture.START, made.get(id), state), books);
    }
}
