// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StepKind;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs whose handler waits without a worker, and what ends these waits. */
class WaitsTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aSignalMakesTheJobReadyAndTheAttemptIsGivenBack() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        waits(scheduler.claim(id), signal("approved", null));
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.SIGNAL);
        assertThat(scheduler.job(id).state().run().attempt()).isZero();
        assertThat(scheduler.claim(1)).isEmpty();
        assertThat(scheduler.last(id).why()).isEqualTo("waits for signal approved");

        assertThat(scheduler.manager.signal(id, "approved", Map.of("by", "ann")).status())
                .isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.last(id).who()).isEqualTo("alice");
        assertThat(scheduler.claim(id).stored().job().state().run().number()).isEqualTo(2);
    }

    @Test
    void aSignalThatComesFirstIsKeptAndTheJobDoesNotWait() {
        JobId id = scheduler.submit();
        scheduler.manager.signal(id, "approved", true);
        waits(scheduler.claim(id), signal("approved", null));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.claim(id).stored().job().state().run().attempt()).isEqualTo(1);
    }

    @Test
    void aSignalForAJobOfAnotherStandsInTheAuditWithoutItsValue() {
        JobId id = scheduler.submit();
        scheduler.manager.signal(id, "approved", "hush");
        scheduler.of(Caller.administrator("root").as("bob")).signal(id, "approved", "hush");
        assertThatThrownBy(() ->
                        scheduler.of(Caller.administrator("root").as("bob")).signal(id, "two words", "hush"))
                .isInstanceOf(ValidationException.class);

        assertThat(scheduler.memory.rows(scheduler.memory.incarnation(), 1, 10))
                .extracting(AuditRow::entry)
                .containsExactly(new AuditEntry(
                        SchedulerFixture.START,
                        "user bob, by administrator root",
                        "signal",
                        "job " + id + " of alice",
                        "approved"));
    }

    @Test
    void anotherSignalWakesNobody() {
        JobId id = scheduler.submit();
        waits(scheduler.claim(id), signal("approved", null));
        scheduler.manager.signal(id, "refused", true);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.WAITING);
    }

    @Test
    void theJobIsReadyWhenTheTimeOfItsWaitIsOver() {
        JobId id = scheduler.submit();
        waits(scheduler.claim(id), signal("approved", scheduler.clock.instant().plusSeconds(60)));
        scheduler.pass(Duration.ofSeconds(59));
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.WAITING);
        scheduler.pass(Duration.ofSeconds(1));
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aSleepIsOverInTimeOrWhenSomebodyRunsTheJobNow() {
        JobId id = scheduler.submit();
        waits(
                scheduler.claim(id),
                wait("sleep 1", StepKind.SLEEP, scheduler.clock.instant().plusSeconds(60), null));
        assertThat(scheduler.last(id).why()).startsWith("sleeps until 2030-01-01T00:01");
        scheduler.manager.runNow(id);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void nobodyRunsAJobNowThatWaitsForASignal() {
        JobId id = scheduler.submit();
        waits(scheduler.claim(id), signal("approved", null));
        assertThatThrownBy(() -> scheduler.manager.runNow(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("waiting (signal)");
    }

    @Test
    void aCancelEndsTheWait() {
        JobId id = scheduler.submit();
        waits(scheduler.claim(id), signal("approved", null));
        scheduler.manager.cancel(id);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThatThrownBy(() -> scheduler.manager.signal(id, "approved", true))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " is cancelled: only an unfinished job accepts a signal");
    }

    @Test
    void aCancelThatCameDuringTheRunWins() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.manager.cancel(id);
        waits(run, signal("approved", null));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void theDeadlineHoldsOverAllWaits() {
        JobId id = scheduler.submit(
                SchedulerFixture.spec().deadline(scheduler.clock.instant().plusSeconds(30)));
        waits(scheduler.claim(id), signal("approved", scheduler.clock.instant().plusSeconds(60)));
        scheduler.pass(Duration.ofSeconds(30));
        scheduler.tidy();
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(scheduler.job(id).state().error()).endsWith(", its deadline, while it waited for a signal");
    }

    @Test
    void aCallbackIsAnsweredOnceByWhoHasItsToken() {
        JobId id = scheduler.submit();
        CallbackToken token = CallbackToken.of(id, new Random(1));
        Assignment run = scheduler.claim(id);
        StoredStep wait = wait("callback 1", StepKind.CALLBACK, null, token.signal());
        assertThat(scheduler
                        .memory
                        .work()
                        .keep(run, List.of(wait), RunOutput.NONE)
                        .join())
                .isTrue();
        waits(run, wait);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.CALLBACK);

        assertThat(scheduler.manager.completeCallback(token.text(), List.of(1, 2)))
                .isEqualTo(id);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
        assertThatThrownBy(() -> scheduler.manager.failCallback(token.text(), "too late"))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("is already answered");
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String token : List.of("", "nonsense", "nonsense.nonsense", scheduler.submit() + ".")) {
            assertThatThrownBy(() -> scheduler.manager.completeCallback(token, true))
                    .isInstanceOf(ValidationException.class)
                    .hasMessage("invalid callback token: use the value of Callback.token()");
        }
    }

    @Test
    void aSignalHasAGoodNameAndAJsonValue() {
        JobId id = scheduler.submit();
        assertThatThrownBy(() -> scheduler.manager.signal(id, "is it approved?", true))
                .isInstanceOf(ValidationException.class)
                .hasMessage("invalid signal name 'is it approved?': use 1 to 100 of the characters A-Z a-z 0-9 . _ -");
        assertThatThrownBy(() -> scheduler.manager.signal(id, "approved", Double.NaN))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("the value");
        assertThatThrownBy(() -> scheduler.manager.signal(id, "approved", null))
                .isInstanceOf(ValidationException.class)
                .hasMessage("invalid value null: use a JSON value, for example true");
    }

    @Test
    void aPauseDoesNotLoseASignal() {
        JobId id = scheduler.submit();
        waits(scheduler.claim(id), signal("approved", null));
        scheduler.manager.pauseJob(id, null, null);
        scheduler.manager.signal(id, "approved", 1);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.PAUSED);
        scheduler.manager.resumeJob(id);
        waits(scheduler.claim(id), signal("approved", null));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aRetryFromAStepKeepsTheStepsBeforeIt() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        Instant now = scheduler.clock.instant();
        List<StoredStep> steps = List.of(
                StoredStep.done(1, "fetch", 1, now, now, "1"),
                StoredStep.done(2, "parse", 1, now, now, "2"),
                StoredStep.done(3, "store", 1, now, now, "3"));
        scheduler.memory.work().keep(run, steps, RunOutput.NONE).join();
        scheduler.finish(run, new Outcome.Failed("broken", true, null));

        assertThatThrownBy(() -> scheduler.manager.retry(id, "pars"))
                .isInstanceOf(ValidationException.class)
                .hasMessage("unknown step 'pars': job " + id + " has fetch, parse, store");
        assertThat(scheduler.manager.retry(id, "parse").status()).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.last(id).why()).isEqualTo("from step 'parse'");
        assertThat(scheduler.memory.last()).hasValueSatisfying(row -> {
            assertThat(row.entry().action()).isEqualTo("retry");
            assertThat(row.entry().target()).isEqualTo("job " + id + " of alice");
            assertThat(row.entry().detail()).isEqualTo("from step 'parse'");
        });
        assertThat(scheduler.memory.work().steps(id))
                .extracting(StoredStep::name, StoredStep::isDropped)
                .containsExactly(tuple("fetch", false), tuple("parse", true), tuple("store", true));
    }

    private void waits(Assignment run, StoredStep wait) {
        assertThat(scheduler.finish(run, new Outcome.WaitsFor(wait))).isTrue();
    }

    private StoredStep signal(String name, @Nullable Instant until) {
        return wait("signal " + name, StepKind.SIGNAL, until, name);
    }

    private StoredStep wait(String name, StepKind kind, @Nullable Instant until, @Nullable String awaits) {
        return StoredStep.begun(1, name, kind, 1, scheduler.clock.instant(), until, awaits);
    }
}
