// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.StepKind;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.KeyTakenException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New jobs with the steps of finished jobs. */
interface ForkConformance extends KeptSteps {

    private static AuditEntry audited(AdmittedJob fork) {
        return new AuditEntry(
                Draft.T0,
                "user ann",
                "fork",
                "job 1 of ann",
                "as job " + fork.stored().id());
    }

    private static AdmittedJob fork(StoredJob origin) {
        return Draft.job().admitted().after(origin.job().state().run());
    }

    @Test
    default void aForkIsStoredWithItsStepsAndTheAuditEntry() {
        Assignment run = run();
        String large = "[\"" + "x".repeat(20_000) + "\"]";
        StoredStep first = KeptSteps.step(1, 1, large);
        StoredStep second = KeptSteps.step(2, 1, null);
        keep(run, first, second, KeptSteps.step(3, 1, "3"));
        move(Moves.complete(run.stored(), "{}"));
        StoredJob origin = read(run.stored().id());
        Recorder heard = Recorder.on(under());

        AdmittedJob fork = fork(origin);
        JobId id = fork.stored().id();
        assertThat(done(work().fork(fork, List.of(first.copied(large), second.copied(null)), audited(fork))))
                .isTrue();

        reads().awaitListeners();
        assertThat(heard.changes())
                .extracting(Committed::after)
                .extracting(after -> after.id())
                .containsExactly(id);
        assertThat(read(id)).isEqualTo(fork.stored());
        JobState.RunState begun = read(id).job().state().run();
        assertThat(begun.number()).isEqualTo(1);
        assertThat(begun.attempt()).isZero();
        assertThat(work().steps(id)).containsExactly(first.withoutValue(), second);
        assertThat(work().value(id, 1)).contains(large);
        assertThat(work().steps(origin.id())).hasSize(3);
        assertThat(audit().last().map(AuditRow::entry)).contains(audited(fork));
        assertThat(reads().history(id)).singleElement().satisfies(event -> {
            assertThat(event.run().number()).isEqualTo(1);
            assertThat(event.from()).isNull();
        });
    }

    @Test
    default void aForkRunsAfterTheRunsOfItsOriginAndStoresFurtherSteps() {
        Assignment run = run();
        keep(run, KeptSteps.step(1, 1, "1"));
        move(Moves.complete(run.stored(), "{}"));
        AdmittedJob fork = fork(read(run.stored().id()));
        done(work().fork(fork, List.of(KeptSteps.step(1, 1, "1").copied("1")), audited(fork)));

        StoredJob running = move(Moves.start(fork.stored(), jobs()));
        assertThat(running.run()).isEqualTo(2);
        assertThat(keep(new Assignment(running, "{}", null), KeptSteps.step(2, 2, "2")))
                .isTrue();
        assertThat(work().steps(running.id())).containsExactly(KeptSteps.step(1, 1, "1"), KeptSteps.step(2, 2, "2"));
    }

    @Test
    default void theSignalsOfTheOriginAreNoSignalsOfTheFork() {
        Assignment run = run();
        JobId origin = run.stored().id();
        StoredSignal told = new StoredSignal(0, "approved", Draft.T0, "ann", false, "true");
        assertThat(done(work().signal(origin, told, Moves::queue))).isTrue();
        StoredStep wait = StoredStep.begun(
                        1, "signal approved", StepKind.SIGNAL, 1, Draft.T0, Draft.T0.plusSeconds(60), "approved")
                .ended(Draft.T0, work().signals(origin).get(0), "true");
        done(work().keep(run, List.of(wait), RunOutput.NONE));
        assertThat(work().signals(origin)).isEmpty();
        move(Moves.complete(run.stored(), "{}"));

        AdmittedJob fork = fork(read(origin));
        JobId id = fork.stored().id();
        done(work().fork(fork, List.of(wait.copied("true")), audited(fork)));
        assertThat(work().steps(id)).singleElement().satisfies(step -> {
            assertThat(step.signal()).isEqualTo(-1);
            assertThat(step.told().times().timedOut()).isFalse();
            assertThat(step.value()).isEqualTo("true");
        });
        assertThat(done(work().signal(id, told, Moves::queue))).isTrue();
        assertThat(work().signals(id)).extracting(StoredSignal::number).containsExactly(1);
    }

    @Test
    default void aForkThatIsRefusedLeavesNoSteps() {
        admit(Draft.job().key("taken"));
        Assignment run = run();
        move(Moves.complete(run.stored(), "{}"));
        AdmittedJob fork = Draft.job()
                .key("taken")
                .admitted()
                .after(read(run.stored().id()).job().state().run());
        refused(
                work().fork(fork, List.of(KeptSteps.step(1, 1, "1").copied("1")), audited(fork)),
                KeyTakenException.class);
        assertThat(work().steps(fork.stored().id())).isEmpty();
        assertThat(reads().job(fork.stored().id())).isEmpty();
    }
}
