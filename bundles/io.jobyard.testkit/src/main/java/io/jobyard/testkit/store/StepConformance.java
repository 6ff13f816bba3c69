// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.QuotaException;
import io.jobyard.api.Reason;
import io.jobyard.api.RunUse;
import io.jobyard.api.StoreException;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.JobRemoval;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps and waits: how they are stored, ended, fenced and dropped. */
interface StepConformance extends KeptSteps {

    @Test
    default void stepsAreKeptWithAllThatIsKnownOfThem() {
        Assignment run = run();
        JobId id = run.stored().id();
        assertThat(work().steps(id)).isEmpty();
        StoredStep third = KeptSteps.sleep(3, 1);
        assertThat(keep(run, third, KeptSteps.step(1, 1, "{\"ü\":[1,null]}"))).isTrue();
        assertThat(keep(run, KeptSteps.step(2, 1, "null"))).isTrue();

        under().restart();
        assertThat(work().steps(id))
                .containsExactly(KeptSteps.step(1, 1, "{\"ü\":[1,null]}"), KeptSteps.step(2, 1, "null"), third);
        assertThat(work().value(id, 1)).contains("{\"ü\":[1,null]}");
        assertThat(work().value(id, 3)).isEmpty();
        assertThat(work().value(id, 4)).isEmpty();
        assertThat(work().steps(Draft.id())).isEmpty();
    }

    @Test
    default void whatARunUsedIsKeptWithItsStepEvenIfTheRunHasLostItsJob() {
        Assignment run = run();
        JobId id = run.stored().id();
        RunUse use = use(id, 1, 5);
        assertThat(done(work().keep(run, List.of(KeptSteps.step(1, 1, "1")), RunOutput.used(List.of(use(id, 1, 2))))))
                .isTrue();
        assertThat(done(work().keep(run, List.of(KeptSteps.step(2, 1, "2")), RunOutput.used(List.of(use)))))
                .isTrue();
        RunUse lost = use(id, 2, 7);
        assertThat(done(jobs().move(Moves.queue(run.stored()), null))).isTrue();
        assertThat(done(work().keep(run, List.of(KeptSteps.step(3, 1, "3")), RunOutput.used(List.of(lost)))))
                .isFalse();

        under().restart();
        assertThat(work().steps(id)).hasSize(2);
        assertThat(under().usage().uses(id)).containsExactly(use, lost);
    }

    @Test
    default void ofAStepThatCannotBeKeptTheUseIsNotEither() {
        Assignment run = run();
        JobId id = run.stored().id();
        keep(run, KeptSteps.step(1, 1, "1"));
        refused(
                work().keep(run, List.of(KeptSteps.step(1, 1, "other")), RunOutput.used(List.of(use(id, 1, 5)))),
                StoreException.class);
        assertThat(under().usage().uses(id)).isEmpty();
    }

    @Test
    default void theOutputBeforeAStepIsKeptWithIt() {
        Assignment run = run();
        JobId id = run.stored().id();
        done(work().emit(run, List.of(piece("Once "))));
        LogLine line = new LogLine(Draft.T0, 1, "line");
        RunOutput before = new RunOutput(List.of(line), List.of(piece("upon "), piece("a ")), List.of(use(id, 1, 5)));
        assertThat(done(work().keep(run, List.of(KeptSteps.sleep(1, 1)), before)))
                .isTrue();
        RunOutput more = RunOutput.emitted(List.of(piece("time")));
        assertThat(done(work().end(run, KeptSteps.sleep(1, 1).ended(Draft.T0, null, null), more)))
                .isTrue();

        under().restart();
        assertThat(work().stream(id, 0, 10))
                .extracting(StreamPiece::text)
                .containsExactly("Once ", "upon ", "a ", "time");
        assertThat(reads().log(id)).containsExactly(line);
        assertThat(under().usage().uses(id)).containsExactly(use(id, 1, 5));
    }

    @Test
    default void aStepWhoseOutputHasNoRoomInTheStreamIsNotKept() {
        Assignment run = run();
        JobId id = run.stored().id();
        List<StreamPiece> many = Collections.nCopies(1_677, piece("x".repeat(10_000)));
        done(work().emit(run, many));
        RunOutput before = new RunOutput(
                List.of(new LogLine(Draft.T0, 1, "line")), List.of(piece("x".repeat(10_000))), List.of(use(id, 1, 5)));
        refused(work().keep(run, List.of(KeptSteps.step(1, 1, "1")), before), QuotaException.class);
        assertThat(work().steps(id)).isEmpty();
        assertThat(under().usage().uses(id)).containsExactly(use(id, 1, 5));
        assertThat(reads().log(id)).hasSize(1);
    }

    private static StreamPiece piece(String text) {
        return new StreamPiece(0, 1, Draft.T0, text);
    }

    private static RunUse use(JobId job, int run, double amount) {
        return new RunUse(
                new RunUse.MeteredRun(job, run, Draft.T0, "alice", "llm", null, Map.of()), "tokens", amount, null);
    }

    @Test
    default void aWaitThatIsOverHasItsEndAndItsValue() {
        Assignment run = run();
        JobId id = run.stored().id();
        StoredStep wait = KeptSteps.sleep(1, 1);
        keep(run, wait);
        StoredStep over = wait.ended(Draft.T0.plusSeconds(9), null, "\"well\"");
        assertThat(done(work().end(run, over, RunOutput.NONE))).isTrue();

        assertThat(work().steps(id)).containsExactly(over);
        assertThat(work().value(id, 1)).contains("\"well\"");
    }

    @Test
    default void largeValuesAreReadAloneAndLeftOutAmongTheOthers() {
        Assignment run = run();
        JobId id = run.stored().id();
        String large = "\"" + "é".repeat(70_000) + "\"";
        StoredStep wait = KeptSteps.sleep(2, 1);
        keep(run, KeptSteps.step(1, 1, large), wait);
        done(work().end(run, wait.ended(Draft.T0, null, large), RunOutput.NONE));

        assertThat(work().steps(id)).extracting(StoredStep::value).containsExactly(null, null);
        assertThat(work().steps(id)).extracting(StoredStep::characters).containsOnly(large.length());
        assertThat(work().value(id, 1)).contains(large);
        assertThat(work().value(id, 2)).contains(large);
    }

    @Test
    default void aRetryFromAStepKeepsTheOnesBeforeAndDropsTheOthers() {
        Assignment first = run();
        JobId id = first.stored().id();
        String large = "\"" + "x".repeat(5_000) + "\"";
        keep(first, KeptSteps.step(1, 1, "1"), KeptSteps.step(2, 1, large), KeptSteps.step(3, 1, "3"));
        StoredJob failed = move(Moves.fail(first.stored(), "broken"));
        assertThat(done(work().retryFrom(Moves.queue(failed), 2))).isTrue();
        assertThat(done(work().retryFrom(Moves.queue(failed), 1)))
                .as("it has changed meanwhile")
                .isFalse();

        StoredJob again = move(Moves.start(read(id), jobs()));
        assertThat(work().value(id, 2)).isEmpty();
        keep(runOf(again), KeptSteps.step(2, 2, large), KeptSteps.step(3, 2, "33"));
        StoredJob twice = move(Moves.fail(again, "broken"));
        done(work().retryFrom(Moves.queue(twice), 3));

        assertThat(work().steps(id))
                .containsExactly(
                        KeptSteps.step(1, 1, "1"),
                        KeptSteps.step(2, 2, large).withoutValue(),
                        KeptSteps.step(2, 1, large).withoutValue().dropped(1),
                        KeptSteps.step(3, 1, "3").dropped(1),
                        KeptSteps.step(3, 2, "33").dropped(2));
        assertThat(work().value(id, 2)).contains(large);
        assertThat(work().value(id, 3)).isEmpty();
    }

    @Test
    default void aRetryWithoutAStepKeepsAll() {
        Assignment first = run();
        keep(first, KeptSteps.step(1, 1, "1"));
        move(Moves.queue(move(Moves.fail(first.stored(), "broken"))));
        assertThat(work().steps(first.stored().id())).containsExactly(KeptSteps.step(1, 1, "1"));
    }

    @Test
    default void aSleepThatBeginsIsStoredWithItsMove() {
        Assignment run = run();
        StoredJob job = run.stored();
        StoredStep wait = KeptSteps.sleep(1, 1);
        Move waits = Moves.delay(job, Reason.SLEEP, wait.dueAt());
        assertThat(done(work().rest(waits, Moves.queue(job), wait))).isTrue();
        assertThat(read(job.id())).isEqualTo(waits.after());
        assertThat(jobs().due(wait.dueAt(), 9)).containsExactly(waits.after());
        assertThat(work().steps(job.id())).containsExactly(wait);

        assertThat(done(work().rest(waits, Moves.queue(job), KeptSteps.sleep(2, 1))))
                .as("it has changed meanwhile")
                .isFalse();
        assertThat(work().steps(job.id())).containsExactly(wait);

        StoredJob again = move(Moves.start(move(Moves.queue(waits.after())), jobs()));
        Move longer = Moves.delay(again, Reason.SLEEP, wait.dueAt());
        assertThat(done(work().rest(longer, Moves.queue(again), wait)))
                .as("a wait that is stored already")
                .isTrue();
        assertThat(work().steps(job.id())).containsExactly(wait);
    }

    @Test
    default void aRemovedJobTakesAllItKeptAlong() {
        Assignment run = run();
        JobId id = run.stored().id();
        Assignment other = run();
        for (Assignment each : List.of(run, other)) {
            keep(each, KeptSteps.step(1, 1, "\"" + "x".repeat(5_000) + "\""), KeptSteps.step(2, 1, "2"));
            done(work().emit(each, List.of(new StreamPiece(0, 1, Draft.T0, "said"))));
            done(work().signal(
                            each.stored().id(),
                            new StoredSignal(0, "go", Draft.T0, "ann", false, "1"),
                            any -> Moves.queue(any)));
        }
        StoredJob ended = move(Moves.complete(run.stored(), "{}"));
        try (JobRemoval removal = jobs().removal()) {
            assertThat(done(removal.remove(List.of(ended)))).containsExactly(ended);
        }
        assertThat(work().steps(id)).isEmpty();
        assertThat(work().value(id, 1)).isEmpty();
        assertThat(work().signals(id)).isEmpty();
        assertThat(work().stream(id, 0, 9)).isEmpty();
        assertThat(work().steps(other.stored().id())).hasSize(2);
        assertThat(work().value(other.stored().id(), 1)).isPresent();
        assertThat(work().signals(other.stored().id())).hasSize(1);
        assertThat(work().stream(other.stored().id(), 0, 9)).hasSize(1);
    }
}
