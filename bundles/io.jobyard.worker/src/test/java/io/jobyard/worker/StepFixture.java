// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One job and its runs, one after the other, with what the store keeps of them. */
final class StepFixture {

    final WorkerFixture workers = new WorkerFixture();
    final JobId id;
    private final Assignment template = workers.assignment("work");
    private StoredJob job;
    private @Nullable Run latest;

    StepFixture() {
        id = template.stored().id();
        job = queued(template);
        workers.store.admit(List.of(admitted(job))).join();
    }

    private static StoredJob queued(Assignment run) {
        return new StoredJob(
                as(run, JobStatus.QUEUED, null, 0),
                new SchedulingState(1, 0, 0, false, null, WorkerFixture.START, null));
    }

    private static AdmittedJob admitted(StoredJob job) {
        HistoryEvent event = new HistoryEvent(
                WorkerFixture.START,
                "alice",
                null,
                JobStatus.QUEUED,
                null,
                new HistoryEvent.HistoryRun(null, 0, 0, null),
                "");
        return new AdmittedJob(job, "{}", List.of(), Set.of(), event);
    }

    /** Other jobs, which are ready. */
    List<AdmittedJob> children(int count) {
        return Stream.generate(() -> admitted(queued(workers.assignment("child"))))
                .limit(count)
                .toList();
    }

    /** Another job ends so. */
    void end(JobId child, JobStatus status, @Nullable String error, @Nullable String result) {
        StoredJob before = workers.store.job(child).orElseThrow();
        JobState state = new JobState(
                status,
                null,
                WorkerFixture.START,
                WorkerFixture.START,
                error,
                new JobState.RunState(1, 1, null, "here", null, null));
        SchedulingState books =
                new SchedulingState(before.books().version() + 1, 0, 0, false, null, WorkerFixture.START, null);
        assertThat(workers.store.move(new Move(before, state, books, null, result, EdgeChange.NONE)))
                .isCompletedWithValue(true);
    }

    /** The job's next run by this handler. A run that waits leaves the job waiting. */
    Outcome run(JobHandler handler) {
        Run run = begin(handler);
        Outcome outcome = workers.execute(run);
        settle(outcome);
        return outcome;
    }

    /** Applies what the job's run came to. */
    void settle(Outcome outcome) {
        if (outcome instanceof Outcome.WaitsFor waits) {
            Move goesOn = move(JobStatus.QUEUED, null);
            assertThat(workers.store.work().rest(move(JobStatus.WAITING, reason(waits.on())), goesOn, waits.on()))
                    .isCompletedWithValue(true);
            follow();
        } else {
            apply(move(JobStatus.QUEUED, null));
        }
    }

    /** The same with the result of a run that completes. */
    String completed(JobHandler handler) {
        return ((Outcome.Completed) run(handler)).result();
    }

    /** The same with the error of a run that fails. */
    Outcome.Failed failed(JobHandler handler) {
        return (Outcome.Failed) run(handler);
    }

    /** The job's next run, which this handler is to do. */
    Run begin(JobHandler handler) {
        workers.handlers
                .infos()
                .forEach(info ->
                        workers.handlers.find(info.type(), (String) null).ifPresent(workers.handlers::remove));
        workers.handle("work", handler);
        apply(move(JobStatus.RUNNING, null));
        latest = workers.run(new Assignment(job, template.payload(), template.handler()));
        return latest;
    }

    /** What moves the job on that waits. */
    Move move() {
        return move(JobStatus.QUEUED, null);
    }

    /** Somebody else has changed the job. */
    void follow() {
        job = workers.store.job(id).orElseThrow();
    }

    /** The run that came last. */
    Run latest() {
        return latest;
    }

    /** Another host has the job now. */
    void lose() {
        apply(move(JobStatus.QUEUED, null));
        apply(move(JobStatus.RUNNING, null));
    }

    /** A retry drops the step of that name and all behind it. */
    void dropFrom(String name) {
        int from = steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow()
                .number();
        assertThat(workers.store.work().retryFrom(move(JobStatus.QUEUED, null), from))
                .isCompletedWithValue(true);
        follow();
    }

    List<StoredStep> steps() {
        return workers.store.work().steps(id);
    }

    void pass(Duration time) {
        workers.pass(time);
    }

    private static Reason reason(StoredStep wait) {
        return Reason.valueOf(wait.kind().name());
    }

    private void apply(Move move) {
        assertThat(workers.store.move(move)).isCompletedWithValue(true);
        job = workers.store.job(id).orElseThrow();
    }

    private Move move(JobStatus to, @Nullable Reason reason) {
        int run = job.run() + (to == JobStatus.RUNNING ? 1 : 0);
        SchedulingState books = new SchedulingState(
                job.books().version() + 1,
                0,
                0,
                false,
                to == JobStatus.RUNNING ? workers.store.incarnation() : null,
                WorkerFixture.START,
                null);
        return new Move(job, as(template, to, reason, run).state(), books, null, null, EdgeChange.NONE);
    }

    private static Job as(Assignment of, JobStatus status, @Nullable Reason reason, int run) {
        JobState state = new JobState(
                status,
                reason,
                WorkerFixture.START,
                null,
                null,
                new JobState.RunState(run, 1, null, run == 0 ? null : "here", null, null));
        return new Job(
                of.stored().id(),
                "alice",
                WorkerFixture.START,
                of.stored().job().terms(),
                state);
    }
}
