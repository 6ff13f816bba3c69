// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StepKind;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

interface RunHolderConformance extends KeptSteps {

    @Test
    default void aRunThatDoesNotHoldItsJobStoresNothing() {
        Assignment run = run();
        StoredJob job = run.stored();
        keep(run, KeptSteps.sleep(1, 1));
        StoredJob back = move(Moves.queue(job));
        refusesAll(run);

        StoredJob again = move(Moves.start(back, jobs()));
        refusesAll(run);
        SchedulingState books = again.books();
        StoredJob elsewhere = new StoredJob(
                again.job(),
                new SchedulingState(books.version(), 0, 0, false, UUID.randomUUID(), books.readyAt(), books.dueAt()));
        refusesAll(runOf(elsewhere));
        refusesAll(runOf(
                move(Moves.start(admit(Draft.job()), jobs())),
                Draft.job().admitted().stored().id()));

        assertThat(keep(runOf(again), KeptSteps.step(2, 2, "2"))).isTrue();
        move(Moves.complete(again, "{}"));
        refusesAll(runOf(again));
        assertThat(work().steps(job.id())).containsExactly(KeptSteps.sleep(1, 1), KeptSteps.step(2, 2, "2"));
    }

    private void refusesAll(Assignment run) {
        assertThat(keep(run, KeptSteps.step(7, 1, "7"))).isFalse();
        assertThat(done(work().end(run, KeptSteps.sleep(1, 1).ended(Draft.T0, null, null), RunOutput.NONE)))
                .isFalse();
        assertThat(done(work().admit(
                                run,
                                StoredStep.begun(8, "children 1", StepKind.CHILDREN, 1, Draft.T0, null, null),
                                List.of(Draft.job().admitted()))))
                .isFalse();
    }

    /** Returns the run of a job that does not exist. */
    private Assignment runOf(StoredJob running, JobId other) {
        assertThat(reads().job(other)).isEmpty();
        StoredJob absent = new StoredJob(
                new Job(
                        other,
                        running.job().submitter(),
                        running.job().createdAt(),
                        running.job().terms(),
                        running.job().state()),
                running.books());
        return runOf(absent);
    }

    @Test
    default void whatIsAskedForBeforeAndBehindAnEndInOneBatchIsJudgedInItsOrder() {
        List<CompletableFuture<Boolean>> before = new ArrayList<>();
        List<CompletableFuture<Boolean>> ends = new ArrayList<>();
        List<CompletableFuture<Boolean>> behind = new ArrayList<>();
        List<Assignment> runs = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            runs.add(run());
        }
        for (Assignment run : runs) {
            before.add(work().keep(run, List.of(KeptSteps.step(1, 1, "1")), RunOutput.NONE));
            ends.add(jobs().move(Moves.complete(run.stored(), "{}"), null));
            behind.add(work().keep(run, List.of(KeptSteps.step(2, 1, "2")), RunOutput.NONE));
        }
        assertThat(before).allMatch(this::done);
        assertThat(ends).allMatch(this::done);
        assertThat(behind).noneMatch(this::done);
        assertThat(runs)
                .allSatisfy(run -> assertThat(work().steps(run.stored().id())).hasSize(1));
    }

    @Test
    default void aPlaceThatIsTakenFailsAloneAmongManySteps() {
        Assignment taken = run();
        keep(taken, KeptSteps.step(1, 1, "1"));
        List<CompletableFuture<Boolean>> others = new ArrayList<>();
        CompletableFuture<Boolean> second = null;
        for (int n = 0; n < 20; n++) {
            if (n == 10) {
                second = work().keep(taken, List.of(KeptSteps.step(1, 1, "other")), RunOutput.NONE);
            }
            others.add(work().keep(run(), List.of(KeptSteps.step(1, 1, "1")), RunOutput.NONE));
        }
        refused(second, StoreException.class);
        refused(
                work().end(taken, KeptSteps.sleep(5, 1).ended(Draft.T0, null, null), RunOutput.NONE),
                StoreException.class);
        assertThat(others).allMatch(this::done);
        assertThat(work().value(taken.stored().id(), 1)).contains("1");
    }
}
