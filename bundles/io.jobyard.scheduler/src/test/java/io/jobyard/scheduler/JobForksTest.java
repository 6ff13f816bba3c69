// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.AccessException;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StepKind;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Finished jobs that continue as new jobs. */
class JobForksTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final JobId origin = scheduler.submit(
            SchedulerFixture.spec().key("k").label("customer", "acme").priority(3));
    private final Assignment run = scheduler.claim(origin);

    @Test
    void aCompletedJobContinuesAsANewJobWithTheStepsBeforeTheChosenOne() {
        done(new Outcome.Completed("{}"));
        Submission fork = scheduler.manager.fork(origin, "send");

        assertThat(fork.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(fork.duplicate()).isFalse();
        assertThat(scheduler.memory.work().steps(fork.id()))
                .extracting(StoredStep::name, StoredStep::kind, StoredStep::value, StoredStep::signal)
                .containsExactly(
                        tuple("draft", StepKind.STEP, "1", 0), tuple("signal approved", StepKind.SIGNAL, "true", -7));
        Job job = scheduler.job(fork.id());
        assertThat(job.terms().identity().labels()).containsEntry("customer", "acme");
        assertThat(job.terms().identity().key()).isNull();
        assertThat(job.terms().routing().priority()).isEqualTo(3);
        assertThat(scheduler.job(origin).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(scheduler.memory.work().steps(origin)).hasSize(3);
    }

    @Test
    void theRunsOfTheForkFollowThoseOfItsOrigin() {
        done(new Outcome.Failed("broken", true, null));
        JobId fork = scheduler.manager.fork(origin, "send").id();
        assertThat(scheduler.job(fork).state().run().number()).isEqualTo(1);
        Assignment first = scheduler.claim(fork);
        assertThat(first.stored().run()).isEqualTo(2);
        assertThat(first.stored().job().state().run().attempt()).isEqualTo(1);
        scheduler.finish(first, new Outcome.Completed("{}"));
        assertThat(scheduler.status(fork)).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void historyAndAuditNameTheStepAndTheOrigin() {
        done(new Outcome.Completed("{}"));
        JobId fork = scheduler.of(Caller.user("ann")).fork(origin, "send").id();
        assertThat(scheduler.last(fork).why()).isEqualTo("fork of job " + origin + " from step 'send'");
        assertThat(scheduler.last(fork).who()).isEqualTo("ann");
        assertThat(scheduler.job(fork).submitter()).isEqualTo("ann");
        AuditEntry entry = scheduler.memory.last().orElseThrow().entry();
        assertThat(entry.action()).isEqualTo("fork");
        assertThat(entry.who()).isEqualTo("user ann");
        assertThat(entry.target()).isEqualTo("job " + origin + " of alice");
        assertThat(entry.detail()).isEqualTo("from step 'send' as job " + fork);
    }

    @Test
    void aForkFromTheFirstStepHasNoSteps() {
        done(new Outcome.Completed("{}"));
        JobId fork = scheduler.manager.fork(origin, "draft").id();
        assertThat(scheduler.memory.work().steps(fork)).isEmpty();
        assertThat(scheduler.claim(fork).stored().run()).isEqualTo(2);
    }

    @Test
    void droppedStepsAreNotCopiedAndCannotBeChosen() {
        done(new Outcome.Failed("broken", true, null));
        scheduler.manager.retry(origin, "signal approved");
        scheduler.finish(scheduler.claim(origin), new Outcome.Failed("broken", true, null));
        refused("send", "unknown step 'send': job " + origin + " has draft");
        JobId fork = scheduler.manager.fork(origin, "draft").id();
        assertThat(scheduler.memory.work().steps(fork)).isEmpty();
    }

    @Test
    void whatCannotBeForkedSaysWhy() {
        assertThatThrownBy(() -> scheduler.manager.fork(origin, "send"))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + origin
                        + " is running: only a finished job can be forked; wait for its end, or cancel it");
        scheduler.finish(run, new Outcome.Completed("{}"));
        refused("send", "job " + origin + " has no steps, so it cannot be forked: submit a copy of it with clone");
        JobId unknown = new JobId(new UUID(9, 9));
        assertThatThrownBy(() -> scheduler.manager.fork(unknown, "send")).isInstanceOf(JobNotFoundException.class);
    }

    @Test
    void anUnknownStepIsRefusedWithTheKnownOnes() {
        done(new Outcome.Completed("{}"));
        refused("sent", "unknown step 'sent': job " + origin + " has draft, signal approved, send");
    }

    @Test
    void resultsThatAreTooLargeTogetherAreRefused() {
        Instant now = scheduler.clock.instant();
        String large = "\"" + "x".repeat(10_000) + "\"";
        List<StoredStep> steps = List.of(
                StoredStep.done(1, "one", 1, now, now, large),
                StoredStep.done(2, "two", 1, now, now, large),
                StoredStep.done(3, "three", 1, now, now, large));
        scheduler.memory.work().keep(run, steps, RunOutput.NONE).join();
        scheduler.finish(run, new Outcome.Completed("{}"));
        refused(
                "three",
                "out of range: the results of the steps before 'three' have 20004 characters in total (max.batch.bytes ="
                        + " 16384); fork"
                        + " from an earlier step, or raise max.batch.bytes in io.jobyard.scheduler");
        JobId fork = scheduler.manager.fork(origin, "two").id();
        assertThat(scheduler.memory.work().value(fork, 1)).contains(large);
    }

    @Test
    void aForkTakesWhatACopyTakesAndTheRightToSeeTheSteps() {
        done(new Outcome.Completed("{}"));
        for (Permission missing : List.of(Permission.SUBMIT, Permission.VIEW_ALL, Permission.PAYLOAD)) {
            List<Permission> all = List.of(Permission.SUBMIT, Permission.VIEW_ALL, Permission.PAYLOAD);
            scheduler.access.allow(all.stream().filter(one -> one != missing).toArray(Permission[]::new));
            assertThatThrownBy(() -> scheduler.of(Caller.user("ann")).fork(origin, "send"))
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo(missing.text()));
        }
        scheduler.access.allow(Permission.values());
        scheduler.access.refuseTypes("work");
        assertThatThrownBy(() -> scheduler.of(Caller.user("ann")).fork(origin, "send"))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("types"));
    }

    @Test
    void hiddenStepsAreForkedByTheSubmitterAlone() {
        done(new Outcome.Completed("{}"));
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.parse("steps"),
                        false));
        assertThatThrownBy(() -> scheduler.of(Caller.user("ann")).fork(origin, "send"))
                .isInstanceOf(AccessException.class)
                .hasMessage(
                        "user ann may not fork job " + origin + " of alice: the configuration of type work shows the"
                                + " results of its steps only to its submitter");
        assertThat(scheduler.manager.fork(origin, "send").status()).isEqualTo(JobStatus.QUEUED);
    }

    private void refused(String step, String message) {
        assertThatThrownBy(() -> scheduler.manager.fork(origin, step))
                .isInstanceOf(ValidationException.class)
                .hasMessage(message);
    }

    /** The job has done a step, got a signal, and done another step. */
    private void done(Outcome outcome) {
        Instant now = scheduler.clock.instant();
        StoredSignal told = new StoredSignal(7, "approved", now, "ann", false, "true");
        List<StoredStep> steps = List.of(
                StoredStep.done(1, "draft", 1, now, now, "1"),
                StoredStep.begun(2, "signal approved", StepKind.SIGNAL, 1, now, now.plusSeconds(60), "approved")
                        .ended(now, told, "true"),
                StoredStep.done(3, "send", 1, now, now, "3"));
        scheduler.memory.work().keep(run, steps, RunOutput.NONE).join();
        scheduler.finish(run, outcome);
    }
}
