// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Finding;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.QueueStatus;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeQueueManager;
import io.jobyard.doubles.FakeRunMonitor;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.RunNotice;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.WantedHandler;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.running.RunMonitor;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.text.StackLines;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusReporterTest {

    private final StoredJobsFixture records = new StoredJobsFixture();
    private final SettableClock clock = new SettableClock(StoredJobsFixture.START);
    private final FakeQueueManager queue = new FakeQueueManager();
    private final FakeRunMonitor workers = new FakeRunMonitor();
    private final Examiners examiners = new Examiners();
    private final StatusReporterComponent reporter = new StatusReporterComponent(
            new StatusStores(
                    records.store,
                    records.store,
                    records.store,
                    records.store,
                    records.store.usage(),
                    records.store.work(),
                    records.store.samples()),
            queue,
            new FakeHandlerCatalog(),
            workers,
            examiners,
            new SettableAccess(),
            clock);
    private JobId id;

    @BeforeEach
    void admit() {
        records.store.listen(reporter);
        id = records.admit(null, 5);
    }

    @Test
    void aJobCountsForItsSubmitterAlsoWhereTheListenersHearOfItLate() throws Exception {
        StoredJobsFixture late = new StoredJobsFixture();
        StatusReporterComponent asked = new StatusReporterComponent(
                new StatusStores(
                        late.store,
                        late.store,
                        late.store,
                        late.store,
                        late.store.usage(),
                        late.store.work(),
                        late.store.samples()),
                queue,
                new FakeHandlerCatalog(),
                workers,
                examiners,
                new SettableAccess(),
                clock);
        CountDownLatch told = new CountDownLatch(1);
        Thread asking = Thread.currentThread();
        late.store.listen(FakeCommitListener.ofCommits(changes -> {
            told.countDown();
            while (asking.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
        }));
        late.store.listen(asked);
        Thread submitting = new Thread(() -> late.admit(null, 5));
        submitting.start();
        while (told.getCount() > 0) {
            Thread.onSpinWait(); // so that the listener sees this thread wait only where it waits for the listener
        }

        assertThat(asked.statistics().total()).isEqualTo(1);
        submitting.join();
    }

    @Test
    void theExecutionTimeIsFromTheFirstLineToTheOutcome() {
        records.move(id, JobStatus.RUNNING, 1, null, null);
        assertThat(reporter.jobs.result(id).executionTime()).isNull();

        records.move(id, JobStatus.COMPLETED, 9, at(2), "{\"a\":[1]}");

        assertThat(reporter.jobs.result(id).executionTime()).isEqualTo(Duration.ofSeconds(7));
        assertThat(reporter.jobs.result(id).result()).isEqualTo(Map.of("a", List.of(1)));
    }

    @Test
    void theExecutionTimeOfAFailedRunDoesNotGrowWhileTheJobWaits() {
        records.move(id, JobStatus.RUNNING, 1, null, null);
        records.move(id, JobStatus.WAITING, 4, at(2), null);
        assertThat(reporter.jobs.result(id).executionTime()).isEqualTo(Duration.ofSeconds(2));
        records.move(id, JobStatus.QUEUED, 60, at(2), null);
        assertThat(reporter.jobs.result(id).executionTime()).isEqualTo(Duration.ofSeconds(2));
        records.move(id, JobStatus.FAILED, 90, at(2), null);
        assertThat(reporter.jobs.result(id).executionTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(reporter.jobs.result(id).result()).isNull();
    }

    @Test
    void aJobThatNeverRanHasNoExecutionTime() {
        records.move(id, JobStatus.FAILED, 5, null, null);
        assertThat(reporter.jobs.result(id).executionTime()).isNull();
    }

    @Test
    void whileAJobRunsItsWorkerTellsWhenItBegan() {
        records.move(id, JobStatus.RUNNING, 1, null, null);
        assertThat(reporter.jobs.status(id).state().run().startedAt()).isNull();
        workers.runs.put(id, new LiveRun(1, at(2), new Progress(1, 2, "half", at(3)), null, null));

        assertThat(reporter.jobs.status(id).state().run().startedAt()).isEqualTo(at(2));
        assertThat(reporter.jobs
                        .find(JobQuery.all(9))
                        .jobs()
                        .get(0)
                        .state()
                        .run()
                        .startedAt())
                .isEqualTo(at(2));
        assertThat(reporter.jobs.progress(id)).contains(new Progress(1, 2, "half", at(3)));

        workers.runs.put(id, new LiveRun(7, at(2), null, null, null));
        assertThat(reporter.jobs.status(id).state().run().startedAt()).isNull();
        assertThat(reporter.jobs.progress(id)).isEmpty();
    }

    @Test
    void ofARunOnAnotherHostItsHostTells() {
        AdmittedJob admitted = Draft.job().admitted();
        records.store.admit(List.of(admitted)).join();
        Move start = Moves.start(admitted.stored(), records.store);
        records.store.move(start).join();
        StoredJob running = start.after();
        JobId run = running.id();
        Progress half = new Progress(1, 2, "half", at(3));
        Map<UUID, String> notices = new HashMap<>();
        LiveRuns live = new LiveRuns(
                workers,
                Stub.<HostNotices>of(HostNotices.class).with("read", notices).get());
        JobReports jobs = new JobReports(
                records.store,
                records.store,
                queue,
                live,
                new Tally(queue::route, clock),
                new Explainer(
                        queue,
                        records.store,
                        live,
                        new HostOverview(records.store),
                        new WaitingBlocker(records.store, records.store.work(), clock)));
        assertThat(jobs.progress(run)).isEmpty();

        UUID holder = Objects.requireNonNull(running.incarnation());
        notices.put(new UUID(0, 9), RunNotice.write(Map.of(run, new LiveRun(1, at(7), null, null, "another host's"))));
        notices.put(holder, RunNotice.write(Map.of(run, new LiveRun(1, at(2), half, null, "it stops"))));
        assertThat(jobs.progress(run)).contains(half);
        assertThat(jobs.status(run).state().run().startedAt()).isEqualTo(at(2));
        assertThat(jobs.explain(run).detail()).endsWith("; it stops");

        notices.put(holder, RunNotice.write(Map.of(run, new LiveRun(2, at(2), half, null, null))));
        assertThat(jobs.progress(run)).isEmpty();
    }

    @Test
    void aJobIsListedInTheQueueItsTypeIsRoutedTo() {
        Job job = reporter.jobs.status(id);
        assertThat(reporter.jobs.queue(job)).isEqualTo("default");
        JobId asked = records.admit("llm", 5);

        assertThat(reporter.jobs
                        .find(JobQuery.of(JobFilter.ALL.withQueue("default"), 9))
                        .jobs())
                .containsExactly(job);
        assertThat(reporter.jobs
                        .find(JobQuery.of(JobFilter.ALL.withQueue("llm"), 9))
                        .jobs())
                .containsExactly(reporter.jobs.status(asked));
        assertThat(reporter.statistics().byQueue()).isEqualTo(Map.of("default", 1L, "llm", 1L));
    }

    @Test
    void theOldestReadyJobIsThatOfAllQueues() {
        assertThat(reporter.statistics().oldestReady()).isNull();
        queue.queues.add(queue("a", Duration.ofSeconds(5)));
        queue.queues.add(queue("b", Duration.ofSeconds(7)));
        queue.queues.add(queue("c", null));

        assertThat(reporter.statistics().oldestReady()).isEqualTo(Duration.ofSeconds(7));
        assertThat(reporter.statistics().byStatus()).containsEntry(JobStatus.QUEUED, 1L);
    }

    @Test
    void whatRanStaysInItsQueueThoughItsTypeIsRoutedElsewhere() {
        Job job = reporter.jobs.status(id);
        for (JobStatus status : JobStatus.values()) {
            JobState state = new JobState(
                    status,
                    null,
                    StoredJobsFixture.START,
                    null,
                    null,
                    new JobState.RunState(1, 1, null, "here", "before", null));
            Job ran = new Job(job.id(), job.submitter(), job.createdAt(), job.terms(), state);
            boolean again = status == JobStatus.QUEUED || status == JobStatus.WAITING;
            assertThat(reporter.jobs.queue(ran)).as(status.text()).isEqualTo(again ? "default" : "before");
        }
    }

    private static QueueStatus queue(String name, @Nullable Duration oldest) {
        return new QueueStatus(
                name,
                new QueueStatus.QueueJobs(1, oldest, 0),
                new QueueStatus.QueueBounds(List.of(), null, null, null),
                null,
                List.of());
    }

    @Test
    void theDoctorTellsWhatEachExaminerFindsAndWhichHandlersAreMissing() {
        Finding refused = new Finding("io.jobyard.queue", "aging.seconds is refused", "mend the value");
        Finding stuck = new Finding("worker", "thread jobyard-worker-1 is stuck", "restart the host");
        assertThat(reporter.doctor()).isEmpty();

        examiners.bind(() -> List.of(refused));
        examiners.bind(() -> List.of(stuck));
        queue.lanes.add(new LaneView(
                new LaneKey(null, 5, "alice", "fax", WantedHandler.ANY, List.of(), false, false),
                "default",
                3,
                at(1),
                List.of()));

        assertThat(reporter.doctor())
                .containsExactlyInAnyOrder(
                        refused,
                        stuck,
                        new Finding(
                                "handler",
                                "3 jobs wait for a handler of type fax, and none is available",
                                "copy its bundle into deploy/, or cancel the jobs"));
    }

    @Test
    void anUnknownJobIsToldByEveryQuestion() {
        JobId unknown = new JobId(new UUID(9, 9));
        List<ThrowingCallable> questions = List.of(
                () -> reporter.jobs.status(unknown),
                () -> reporter.jobs.result(unknown),
                () -> reporter.jobs.payload(unknown),
                () -> reporter.jobs.history(unknown),
                () -> reporter.jobs.log(unknown),
                () -> reporter.jobs.stacks(unknown),
                () -> reporter.jobs.explain(unknown),
                () -> reporter.jobs.dependencies(unknown));
        questions.forEach(question -> assertThatThrownBy(question)
                .isInstanceOf(JobNotFoundException.class)
                .hasMessageContaining(unknown.toString()));
        assertThat(reporter.jobs.progress(unknown)).isEmpty();
        assertThat(reporter.jobs.payload(id)).isEqualTo(Map.of("n", 1));
        assertThat(reporter.jobs.history(id)).hasSize(1);
    }

    @Test
    void theStackTracesAreInNoLogAndTheLogIsInNoStackTrace() {
        LogLine line = new LogLine(at(1), 1, "reading");
        records.store
                .log(
                        id,
                        List.of(line, StackLines.of(at(1), 1, "a.B: c\n    at d"), StackLines.of(at(1), 1, "    at e")))
                .join();
        records.store.log(id, List.of(StackLines.of(at(2), 2, "a.B: f"))).join();
        assertThat(reporter.jobs.log(id)).containsExactly(line);
        assertThat(reporter.jobs.stacks(id))
                .containsExactlyInAnyOrderEntriesOf(Map.of(1, "a.B: c\n    at d\n    at e", 2, "a.B: f"));
    }

    /** One of jobs alone, for tests of who may ask. */
    static StatusReporterComponent reporter(StoredJobsFixture records, Access access) {
        FakeQueueManager queue = new FakeQueueManager();
        queue.upcoming = List.of();
        queue.ahead = 0;
        return reporter(records, access, queue);
    }

    static StatusReporterComponent reporter(StoredJobsFixture records, Access access, FakeQueueManager queue) {
        FakeRunMonitor workers = new FakeRunMonitor();
        workers.workers = new RunMonitor.Workers(new Slots(4, 1_000), new Slots(0, 0), 0, 0, 0, false);
        return new StatusReporterComponent(
                new StatusStores(
                        records.store,
                        records.store,
                        records.store,
                        records.store,
                        records.store.usage(),
                        records.store.work(),
                        records.store.samples()),
                queue,
                records.handlers,
                workers,
                new Examiners(),
                access,
                new SettableClock(StoredJobsFixture.START));
    }

    private static Instant at(int second) {
        return StoredJobsFixture.START.plusSeconds(second);
    }
}
