// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.api.Reason;
import io.jobyard.api.StepKind;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Signals and callbacks: whenever they arrive, no signal is lost and none counts twice. */
interface SignalConformance extends Conformance {

    private static StoredStep wait(int number, StepKind kind, int run, String awaits) {
        return StoredStep.begun(
                number, kind.text() + " " + number, kind, run, Draft.T0, Draft.T0.plusSeconds(60), awaits);
    }

    private static StoredStep approval(int run) {
        return wait(1, StepKind.SIGNAL, run, "approved");
    }

    private static StoredSignal signal(String name, String value) {
        return new StoredSignal(0, name, Draft.T0, "ann", false, value);
    }

    private CompletableFuture<Boolean> tell(JobId job, String name, String value) {
        return work().signal(job, signal(name, value), Moves::queue);
    }

    private CompletableFuture<Boolean> rest(StoredJob job, StoredStep wait) {
        Reason reason = wait.kind() == StepKind.SIGNAL ? Reason.SIGNAL : Reason.CALLBACK;
        return work().rest(Moves.delay(job, reason, wait.dueAt()), Moves.queue(job), wait);
    }

    private JobStatus status(JobId id) {
        return read(id).status();
    }

    @Test
    default void whatTheAuditSaysOfASignalIsThereWithItAndNotWithoutIt() {
        StoredJob job = run().stored();
        AuditEntry given = new AuditEntry(Draft.T0, "user bob", "signal", "job " + job.id() + " of ann", "approved");
        assertThat(done(work().signal(job.id(), signal("approved", "1"), Moves::queue, given)))
                .isTrue();
        assertThat(done(jobs().move(Moves.complete(read(job.id()), "{}"), null)))
                .isTrue();
        assertThat(done(work().signal(job.id(), signal("approved", "2"), Moves::queue, given)))
                .isFalse();
        assertThat(audit().rows(jobs().incarnation(), 1, 10))
                .extracting(AuditRow::entry)
                .containsExactly(given);
    }

    @Test
    default void aSignalWakesTheJobThatWaitsForItAndTheListenersHearOfIt() {
        StoredJob job = run().stored();
        assertThat(done(rest(job, approval(1)))).isTrue();
        assertThat(status(job.id())).isEqualTo(JobStatus.WAITING);
        assertThat(work().steps(job.id())).containsExactly(approval(1));
        Recorder heard = Recorder.on(under());

        assertThat(done(tell(job.id(), "refused", "0"))).isTrue();
        assertThat(status(job.id())).isEqualTo(JobStatus.WAITING);
        assertThat(done(tell(job.id(), "approved", "{\"by\":\"ünn\"}"))).isTrue();
        assertThat(status(job.id())).isEqualTo(JobStatus.QUEUED);
        assertThat(jobs().nextDue()).isEmpty();
        assertThat(heard.changes())
                .extracting(Committed::after)
                .extracting(after -> after.status())
                .containsExactly(JobStatus.QUEUED);
        assertThat(done(tell(job.id(), "approved", "2"))).isTrue();
        assertThat(heard.changes()).hasSize(1);

        under().restart();
        assertThat(work().signals(job.id()))
                .containsExactly(
                        signal("refused", "0").numbered(1),
                        signal("approved", "{\"by\":\"ünn\"}").numbered(2),
                        signal("approved", "2").numbered(3));
    }

    @Test
    default void aSignalThatCameFirstLetsTheJobGoOn() {
        StoredJob early = admit(Draft.job());
        assertThat(done(tell(early.id(), "approved", "1"))).as("before it ran").isTrue();
        assertThat(read(early.id())).isEqualTo(early);
        StoredJob job = move(Moves.start(early, jobs()));
        assertThat(done(tell(job.id(), "other", "1"))).isTrue();

        assertThat(done(rest(job, approval(1)))).isTrue();
        assertThat(status(job.id())).isEqualTo(JobStatus.QUEUED);
        assertThat(work().steps(job.id())).containsExactly(approval(1));
    }

    @Test
    default void aSignalThatWasTakenEndsNoOtherWait() {
        Assignment run = run();
        JobId id = run.stored().id();
        done(tell(id, "approved", "1"));
        done(tell(id, "approved", "2"));
        StoredSignal first = work().signals(id).get(0);
        assertThat(done(work().keep(run, List.of(approval(1).ended(Draft.T0, first, first.value())), RunOutput.NONE)))
                .isTrue();
        assertThat(work().signals(id)).extracting(StoredSignal::number).containsExactly(2);

        StoredStep second = wait(2, StepKind.SIGNAL, 1, "approved");
        done(work().keep(run, List.of(second), RunOutput.NONE));
        done(work().end(run, second.ended(Draft.T0, work().signals(id).get(0), "2"), RunOutput.NONE));
        assertThat(work().signals(id)).isEmpty();
        assertThat(work().steps(id)).extracting(StoredStep::signal).containsExactly(1, 2);

        StoredJob failed = move(Moves.fail(run.stored(), "broken"));
        done(work().retryFrom(Moves.queue(failed), 1));
        assertThat(work().signals(id))
                .as("a dropped step has taken it all the same")
                .isEmpty();
        StoredJob again = move(Moves.start(read(id), jobs()));
        done(rest(again, approval(2)));
        assertThat(status(id)).isEqualTo(JobStatus.WAITING);
        done(tell(id, "approved", "3"));
        assertThat(status(id)).isEqualTo(JobStatus.QUEUED);
        assertThat(work().signals(id)).extracting(StoredSignal::number).containsExactly(3);
    }

    @Test
    default void aSignalDoesNotMoveAJobThatWaitsForSomethingElse() {
        StoredJob paused = run().stored();
        done(rest(paused, approval(1)));
        StoredJob held = move(Moves.delay(read(paused.id()), Reason.PAUSED, Draft.T0.plusSeconds(99)));
        assertThat(done(tell(held.id(), "approved", "1"))).isTrue();
        assertThat(read(held.id())).isEqualTo(held);

        Assignment run = run();
        done(work().keep(run, List.of(approval(1).ended(Draft.T0, null, null)), RunOutput.NONE));
        done(rest(run.stored(), wait(2, StepKind.SIGNAL, 1, "other")));
        assertThat(done(tell(run.stored().id(), "approved", "1"))).isTrue();
        assertThat(status(run.stored().id())).isEqualTo(JobStatus.WAITING);
    }

    @Test
    default void aJobThatIsNotThereOrHasEndedTakesNone() {
        StoredJob ended = complete(admit(Draft.job()));
        assertThat(done(tell(ended.id(), "approved", "1"))).isFalse();
        assertThat(done(tell(Draft.id(), "approved", "1"))).isFalse();
        assertThat(work().signals(ended.id())).isEmpty();
    }

    @Test
    default void tooManyThatNothingTakesAreRefused() {
        Assignment run = run();
        JobId id = run.stored().id();
        List<CompletableFuture<Boolean>> told = new ArrayList<>();
        for (int n = 0; n < WorkStore.MAX_SIGNALS; n++) {
            told.add(tell(id, "n" + n, "1"));
        }
        CompletableFuture<Boolean> surplus = tell(id, "more", "1");
        assertThat(told).allMatch(this::done);
        refused(surplus, QuotaException.class);
        assertThat(work().signals(id)).hasSize(WorkStore.MAX_SIGNALS);

        CallbackToken token = CallbackToken.of(id, new Random());
        done(work().keep(run, List.of(wait(1, StepKind.CALLBACK, 1, token.signal())), RunOutput.NONE));
        assertThat(done(tell(id, token.signal(), "1")))
                .as("a token is sufficient for access")
                .isTrue();
        StoredSignal first = work().signals(id).get(0);
        done(work().keep(run, List.of(wait(2, StepKind.SIGNAL, 1, "n0").ended(Draft.T0, first, "1")), RunOutput.NONE));
        assertThat(done(tell(id, "more", "1"))).isTrue();
    }

    @Test
    default void aLongValueComesAsItWasGiven() {
        JobId id = admit(Draft.job()).id();
        String large = "\"" + "é".repeat(70_000) + "\"";
        StoredSignal failed = new StoredSignal(0, "x", Draft.T0, "who".repeat(60), true, large);
        done(work().signal(id, failed, Moves::queue));
        assertThat(work().signals(id)).containsExactly(failed.numbered(1));
    }

    @Test
    default void aCallbackIsAnsweredOnceWhileItIsOpen() {
        Assignment run = run();
        JobId id = run.stored().id();
        String name = CallbackToken.of(id, new Random()).signal();
        assertThat(done(tell(id, name, "0"))).as("not its own").isFalse();
        StoredStep open = wait(1, StepKind.CALLBACK, 1, name);
        done(work().keep(run, List.of(open), RunOutput.NONE));
        CompletableFuture<Boolean> first = tell(id, name, "1");
        CompletableFuture<Boolean> second = tell(id, name, "2");
        assertThat(done(first)).isTrue();
        assertThat(done(second)).isFalse();
        assertThat(work().signals(id)).containsExactly(signal(name, "1").numbered(1));

        assertThat(done(rest(run.stored(), open))).isTrue();
        assertThat(status(id)).as("it was answered already").isEqualTo(JobStatus.QUEUED);
        Assignment next = runOf(move(Moves.start(read(id), jobs())));
        done(work().end(next, open.ended(Draft.T0, work().signals(id).get(0), "1"), RunOutput.NONE));
        assertThat(done(tell(id, name, "3"))).isFalse();
    }

    @Test
    default void anAnswerThatComesWhenItsCallbackIsOverIsRefused() {
        Assignment run = run();
        String name = CallbackToken.of(run.stored().id(), new Random()).signal();
        StoredStep open = wait(1, StepKind.CALLBACK, 1, name);
        done(work().keep(run, List.of(open), RunOutput.NONE));
        done(work().end(run, open.ended(Draft.T0, null, null), RunOutput.NONE));
        assertThat(done(tell(run.stored().id(), name, "1"))).isFalse();
    }

    @Test
    default void anAnswerWakesTheJobThatWaitsForItsCallback() {
        StoredJob job = run().stored();
        String name = CallbackToken.of(job.id(), new Random()).signal();
        done(rest(job, wait(1, StepKind.CALLBACK, 1, name)));
        assertThat(status(job.id())).isEqualTo(JobStatus.WAITING);
        done(tell(job.id(), name, "1"));
        assertThat(status(job.id())).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    default void noSignalIsLostThatComesWhileJobsBeginToWait() throws Exception {
        List<Assignment> runs = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            runs.add(run());
        }
        List<Boolean> stored = Race.run(2, n -> {
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (Assignment run : runs) {
                all.add(
                        n == 0
                                ? rest(run.stored(), approval(1))
                                : tell(run.stored().id(), "approved", "1"));
            }
            return all.stream().allMatch(this::done);
        });
        assertThat(stored).containsOnly(true);
        assertThat(runs).allSatisfy(run -> {
            assertThat(status(run.stored().id())).isEqualTo(JobStatus.QUEUED);
            assertThat(work().signals(run.stored().id())).hasSize(1);
            assertThat(work().steps(run.stored().id())).hasSize(1);
        });
    }
}
