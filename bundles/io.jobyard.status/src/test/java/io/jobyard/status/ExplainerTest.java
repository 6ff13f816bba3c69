// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.api.StepKind;
import io.jobyard.doubles.FakeQueueManager;
import io.jobyard.doubles.FakeRunMonitor;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.WantedHandler;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.running.RunMonitor;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplainerTest {

    private static final Instant AT = StoredJobsFixture.START;
    private static final Instant DUE = StoredJobsFixture.START.plusSeconds(60);

    private final FakeQueueManager queue = new FakeQueueManager();
    private final List<LaneView> lanes = queue.lanes;
    private final FakeRunMonitor workers = new FakeRunMonitor();
    private final StoredJobsFixture records = new StoredJobsFixture();
    private final Explainer explainer = new Explainer(
            queue,
            records.store,
            new LiveRuns(workers, records.store),
            new HostOverview(records.store),
            new WaitingBlocker(records.store, records.store.work(), new SettableClock(AT)));

    @BeforeEach
    void work() {
        workers.workers = new RunMonitor.Workers(new Slots(4, 1_000), new Slots(0, 0), 0, 0, 0, false);
        queue.ahead = 2;
    }

    @Test
    void aJobWaitsForItsDependenciesWhichAreNamedWithTheirStates() {
        List<JobId> parents = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            parents.add(records.admit(null, 5));
        }
        records.move(parents.get(0), JobStatus.RUNNING, 1, null, null);
        records.move(parents.get(1), JobStatus.RUNNING, 1, null, null);
        records.move(parents.get(1), JobStatus.COMPLETED, 2, StoredJobsFixture.START, "{}");
        assertThat(explain(records.child(parents.subList(0, 2), 1)))
                .containsExactly(new Blocker(
                        "dependencies", "1 dependency is not finished: " + parents.get(0) + " is running", null));
        assertThat(explain(records.child(parents, 7)))
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.detail())
                        .startsWith("7 dependencies are not finished: " + parents.get(0) + " is running, "
                                + parents.get(2) + " is queued, ")
                        .contains(parents.get(5).toString())
                        .doesNotContain(parents.get(6).toString())
                        .endsWith(", …"));
    }

    @Test
    void whatEndedSaysWhenAndWhy() {
        assertThat(explainer.explain(ended(JobStatus.COMPLETED, null, null)).detail())
                .isEqualTo("at 2030-01-01T00:00:09Z after 2 attempts");
        assertThat(explainer
                        .explain(ended(JobStatus.FAILED, Reason.ERROR, "no route"))
                        .detail())
                .isEqualTo("error, at 2030-01-01T00:00:09Z after 2 attempts: no route");
        assertThat(explainer.explain(ended(JobStatus.CANCELLED, null, null)).detail())
                .isEqualTo("at 2030-01-01T00:00:09Z after 2 attempts");
    }

    @Test
    void aJobWaitsForItsTime() {
        assertThat(explain(waiting(Reason.TIME, null, 0)))
                .containsExactly(new Blocker("time", "its notBefore is in the future", DUE));
    }

    @Test
    void allThatHoldsAWaitingJobIsNamedWithTheLatestTime() {
        queue.foreseen = List.of(
                new Blocker(Blocker.PAUSED, "queue default, by ann", DUE.plusSeconds(1)),
                new Blocker("handler", "none for work", null));
        workers.workers = new RunMonitor.Workers(new Slots(4, 1_000), new Slots(0, 0), 0, 0, 0, true);
        Explanation explanation = explainer.explain(waiting(Reason.RETRY, "no route", 0));
        assertThat(explanation.blockedBy())
                .extracting(Blocker::gate)
                .containsExactly("time", "host", "paused", "handler");
        assertThat(explanation.earliestStart()).isEqualTo(DUE.plusSeconds(1));
    }

    @Test
    void aDependencyThatWaitsForItsTimeIsNamedWithIt() {
        JobId parent = records.admit(null, 5);
        records.pause(parent, "until " + DUE, DUE);
        assertThat(explain(records.child(List.of(parent), 1)))
                .extracting(Blocker::detail)
                .containsExactly("1 dependency is not finished: " + parent + " is waiting until " + DUE);
    }

    @Test
    void aJobIsPaused() {
        JobId id = records.admit(null, 5);
        records.pause(id, "until " + DUE + ": too dear", DUE);
        assertThat(explainer.explain(records.store.job(id).orElseThrow()).blockedBy())
                .containsExactly(new Blocker(
                        Blocker.PAUSED,
                        "this job, by ann since " + StoredJobsFixture.START.plusSeconds(3) + ", \"too dear\"",
                        DUE));
    }

    @Test
    void aJobWaitsForItsNextAttempt() {
        assertThat(explain(waiting(Reason.RETRY, "no route", 0)))
                .containsExactly(new Blocker("time", "next attempt after attempt 2 failed: no route", DUE));
    }

    @Test
    void aJobWaitsBecauseItsHandlerSaidSo() {
        assertThat(explain(waiting(Reason.RATE_LIMITED, "429 of the model", 0)))
                .containsExactly(new Blocker("time", "its handler reached a limit: 429 of the model", DUE));
        assertThat(explain(waiting(Reason.SLEEP, null, 0)))
                .containsExactly(new Blocker("time", "its handler released its worker for a while", DUE));
    }

    @Test
    void aJobWaitsForASignalWhichIsNamedWithTheCommandThatGivesIt() {
        JobId id = kept(StoredStep.begun(1, "signal approved 2", StepKind.SIGNAL, 1, AT, DUE, "approved"));
        assertThat(explain(waiting(Reason.SIGNAL, null, 0)))
                .containsExactly(new Blocker("signal", "waits for signal 'approved'", DUE));
    }

    @Test
    void aJobThatIsToldOfItsSignalInThisMomentStillSaysWhatItWaitedFor() {
        kept(StoredStep.begun(1, "signal a", StepKind.SIGNAL, 1, AT, DUE, "a").ended(AT, null, null));
        assertThat(explain(waiting(Reason.SIGNAL, null, 0)))
                .containsExactly(new Blocker("signal", "waits for a signal", null));
    }

    @Test
    void aJobWaitsForItsChildrenAndThoseThatHaveNotEndedAreNamed() {
        JobId parent = records.admit(null, 5);
        List<JobId> children = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            children.add(records.admit(null, 5));
        }
        records.move(children.get(0), JobStatus.RUNNING, 1, null, null);
        records.move(children.get(0), JobStatus.COMPLETED, 2, AT, "{}");
        kept(
                parent,
                StoredStep.begun(1, "children 1", StepKind.CHILDREN, 1, AT, null, null)
                        .of(children));
        assertThat(explain(waiting(Reason.CHILDREN, null, 0)))
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.detail())
                        .startsWith("7 of 8 children unfinished: " + children.get(1) + " is queued, ")
                        .contains(children.get(5).toString())
                        .doesNotContain(children.get(6).toString())
                        .endsWith(", …"))
                .extracting(Blocker::gate, Blocker::until)
                .containsExactly("children", null);
    }

    @Test
    void aJobWaitsForACallbackWhoseTokenIsNotTold() {
        kept(
                StoredStep.begun(1, "callback 1", StepKind.CALLBACK, 1, AT, DUE.plusSeconds(7), "callback:secret1"),
                StoredStep.begun(2, "callback 2", StepKind.CALLBACK, 1, AT, DUE, "callback:secret2"));
        assertThat(explain(waiting(Reason.CALLBACK, null, 0)))
                .as("the second, which is due with the job")
                .containsExactly(
                        new Blocker("callback", "waits for a callback; the token is required to answer it", DUE));
    }

    private JobId kept(StoredStep... waits) {
        return kept(records.admit(null, 5), waits);
    }

    private JobId kept(JobId id, StoredStep... waits) {
        assertThat(id).isEqualTo(waiting(Reason.SIGNAL, null, 0).id());
        records.store
                .work()
                .keep(records.start(id), List.of(waits), RunOutput.NONE)
                .join();
        return id;
    }

    @Test
    void aQueuedJobIsHeldByEachGateThatIsShut() {
        StoredJob job = job(JobStatus.QUEUED, null, null, 0);
        List<Blocker> shut = List.of(
                new Blocker("handler", "none for work", null),
                new Blocker("quarantine", "such jobs run one at a time", null));
        lanes.add(new LaneView(LaneKey.of(job), "default", 3, StoredJobsFixture.START, shut));
        assertThat(explain(job)).isEqualTo(shut);
    }

    @Test
    void aQueuedJobThatNoGateHoldsWaitsForAWorkerAndItsTurn() {
        StoredJob job = job(JobStatus.QUEUED, null, null, 0);
        lane(job, 4, List.of());
        lanes.add(new LaneView(
                new LaneKey(null, 2, "bob", "work", WantedHandler.ANY, List.of(), false, false),
                "default",
                10,
                DUE,
                List.of()));
        lanes.add(new LaneView(
                new LaneKey(null, 9, "bob", "work", WantedHandler.ANY, List.of(), false, false),
                "default",
                100,
                DUE,
                List.of()));
        Blocker shut = new Blocker("handler", "none for fax", null);
        lanes.add(new LaneView(
                new LaneKey(null, 1, "bob", "fax", WantedHandler.ANY, List.of(), false, false),
                "default",
                1_000,
                DUE,
                List.of(shut)));

        assertThat(explain(job))
                .containsExactly(new Blocker(
                        "workers",
                        "nothing blocks it; it starts when a worker is free and its turn comes: 2 open lanes are"
                                + " ahead",
                        null));
    }

    @Test
    void aQueuedJobIsToldItsPlaceInItsLane() {
        JobId first = records.admit("llm", 5);
        JobId second = records.admit("llm", 5);
        LaneKey lane = LaneKey.of(stored(first));
        lanes.add(new LaneView(lane, "llm", 2, StoredJobsFixture.START, List.of()));
        String of = " of 2 ready in its lane (queue llm, priority 5, submitter " + lane.submitter() + ", type work)";

        assertThat(explainer.explain(stored(first)).detail()).isEqualTo("number 1" + of);
        assertThat(explainer.explain(stored(second)).detail()).isEqualTo("number 2" + of);
    }

    @Test
    void aQueuedJobIsToldThatItGoesToTheCanary() {
        JobId id = records.admit("llm", 5);
        canary(100, null);
        assertThat(explainer.explain(stored(id)).detail()).endsWith("; routed to the canary [1.3.0,1.4.0), by its job");
        canary(0, null);
        assertThat(explainer.explain(stored(id)).detail()).doesNotContain("canary");
        canary(100, DUE);
        assertThat(explainer.explain(stored(id)).detail()).doesNotContain("canary");
    }

    private void canary(double percent, @Nullable Instant rolledBackAt) {
        CanaryStatus.Runs none = new CanaryStatus.Runs(0, 0);
        queue.canaries.clear();
        queue.canaries.add(new CanaryStatus(
                "work",
                new CanaryStatus.CanaryShare("[1.3.0,1.4.0)", percent, "job"),
                rolledBackAt,
                DUE,
                Duration.ofHours(1),
                none,
                none));
    }

    @Test
    void aJobFarBehindIsToldThatItIs() {
        JobId last = records.admit("llm", 5);
        for (int n = 0; n < 1_000; n++) {
            last = records.admit("llm", 5);
        }
        lanes.add(new LaneView(LaneKey.of(stored(last)), "llm", 1_001, StoredJobsFixture.START, List.of()));

        assertThat(explainer.explain(stored(last)).detail())
                .startsWith("after the first 1000 of 1001 ready in its lane (queue llm, ");
    }

    @Test
    void whileTheHostStopsAQueuedJobIsToldSoFirst() {
        StoredJob job = job(JobStatus.QUEUED, null, null, 0);
        Blocker shut = new Blocker("handler", "none for work", null);
        lane(job, 1, List.of(shut));
        workers.workers = new RunMonitor.Workers(new Slots(4, 1_000), new Slots(0, 0), 0, 0, 0, true);

        assertThat(explain(job))
                .containsExactly(
                        new Blocker(
                                "host",
                                "this host is stopping: ready jobs start on another host of the database, or after a restart",
                                null),
                        shut);
    }

    @Test
    void aRunThatIsToEndEarlySaysWhy() {
        StoredJob job = job(JobStatus.RUNNING, null, null, 0);
        workers.runs.put(
                job.id(),
                new LiveRun(2, StoredJobsFixture.START, null, null, "interrupted: its job is to be cancelled"));
        assertThat(explainer.explain(job).detail())
                .isEqualTo("run 2, attempt 2 of 4, on here since 2030-01-01T00:00:00Z; interrupted: its job is to be"
                        + " cancelled");
        workers.runs.put(
                job.id(),
                new LiveRun(2, StoredJobsFixture.START, null, StoredJobsFixture.START.plusSeconds(600), null));
        assertThat(explainer.explain(job).detail())
                .endsWith(", on here since 2030-01-01T00:00:00Z; its handler extended the run until"
                        + " 2030-01-01T00:10:00Z");
        workers.runs.put(job.id(), new LiveRun(1, StoredJobsFixture.START, null, null, "an earlier one"));
        assertThat(explainer.explain(job).detail()).doesNotContain("earlier");
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"RUNNING", "COMPLETED", "FAILED", "CANCELLED"})
    void nothingHoldsAJobThatRunsOrIsOver(JobStatus status) {
        StoredJob job = job(status, null, null, 0);
        Explanation explanation = explainer.explain(job);
        assertThat(explanation.status()).isEqualTo(status);
        assertThat(explanation.detail()).isNotEmpty();
        assertThat(explanation.blockedBy()).isEmpty();
    }

    private void lane(StoredJob job, long queued, List<Blocker> shut) {
        lanes.add(new LaneView(LaneKey.of(job), "default", queued, StoredJobsFixture.START, shut));
    }

    private StoredJob stored(JobId id) {
        return records.store.job(id).orElseThrow();
    }

    private List<Blocker> explain(StoredJob job) {
        return explainer.explain(job).blockedBy();
    }

    private static StoredJob ended(JobStatus status, @Nullable Reason reason, @Nullable String error) {
        StoredJob job = job(status, reason, error, 0);
        JobState state = new JobState(
                status,
                reason,
                StoredJobsFixture.START,
                StoredJobsFixture.START.plusSeconds(9),
                error,
                new JobState.RunState(3, 2, StoredJobsFixture.START, "here", null, null));
        Job before = job.job();
        return new StoredJob(
                new Job(before.id(), before.submitter(), before.createdAt(), before.terms(), state), job.books());
    }

    private static StoredJob waiting(Reason reason, @Nullable String error, int pending) {
        return job(JobStatus.WAITING, reason, error, pending);
    }

    private static StoredJob job(JobStatus status, @Nullable Reason reason, @Nullable String error, int pending) {
        JobTerms terms = new JobTerms(
                "work",
                new JobTerms.RoutingTerms(null, 5, null),
                new JobTerms.RunRules(Duration.ofSeconds(60), 3),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, null),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(List.of(), Map.of()));
        JobState state = new JobState(
                status,
                reason,
                StoredJobsFixture.START,
                null,
                error,
                new JobState.RunState(2, 2, null, "here", null, null));
        Job job = new Job(new JobId(new UUID(1, 1)), "alice", StoredJobsFixture.START, terms, state);
        return new StoredJob(job, new SchedulingState(4, pending, 0, false, null, StoredJobsFixture.START, DUE));
    }
}
