// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.RunUse;
import io.jobyard.api.StoreException;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.usage.UsageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What handlers use is kept while they run. */
class RunUsesTest {

    private final WorkerFixture workers = new WorkerFixture();

    @Test
    void whatARunUsesIsSummedExactlyAndIsThereBeforeItsOutcome() {
        List<RunUse> meanwhile = new ArrayList<>();
        Run run = run(context -> {
            for (int n = 0; n < 10; n++) {
                context.used("usd", 0.1);
            }
            context.used("tokens", 812);
            meanwhile.addAll(workers.store.usage().uses(context.job().id()));
            return Map.of();
        });

        assertThat(meanwhile).extracting(RunUse::unit).containsExactly("tokens", "usd");
        List<RunUse> kept = workers.store.usage().uses(run.id());
        assertThat(kept).extracting(RunUse::amount).containsExactly(812.0, 1.0);
        assertThat(kept)
                .allMatch(use -> use.run().number() == WorkerFixture.RUN
                        && use.run().startedAt().equals(WorkerFixture.START)
                        && use.run().submitter().equals("alice")
                        && use.run().type().equals("work")
                        && use.run().model() == null
                        && use.estimate() == null);
    }

    @Test
    void theModelIsThatOfThePayloadIfItIsAText() {
        assertThat(RunUses.model(Map.of("model", "gpt"))).isEqualTo("gpt");
        assertThat(RunUses.model(Map.of("model", 3))).isNull();
        assertThat(RunUses.model(Map.of("model", ""))).isNull();
        assertThat(RunUses.model(Map.of("model", "x".repeat(300)))).hasSize(200);
        assertThat(RunUses.model(Map.of())).isNull();
    }

    @SuppressWarnings("unchecked") // what the store is asked to keep
    private static List<RunUse> uses(Object[] arguments) {
        return List.copyOf((List<RunUse>) arguments[0]);
    }

    @Test
    void aRunHasOneWriteUnderWayAndTheNextHasAllThatCameMeanwhile() {
        List<List<RunUse>> sent = new ArrayList<>();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        RunUses uses = new RunUses(Stub.<UsageStore>of(UsageStore.class)
                .on("keep", arguments -> {
                    sent.add(uses(arguments));
                    answers.add(new CompletableFuture<>());
                    return answers.get(answers.size() - 1);
                })
                .get());
        Run run = begun();
        use(uses, run, 1);
        use(uses, run, 2);
        use(uses, run, 4);
        assertThat(sent).hasSize(1);

        answers.get(0).complete(null);
        assertThat(amounts(sent)).containsExactly(1.0, 7.0);
        use(uses, run, 8);
        answers.get(1).completeExceptionally(new StoreException("the store is away", null));
        assertThat(sent).hasSize(2);

        uses.finish(run);
        assertThat(amounts(sent)).containsExactly(1.0, 7.0, 15.0);
        uses.finish(run);
        assertThat(sent).hasSize(3);
    }

    @Test
    void aStepTakesWhatIsOnItsWayTooForThatMayBeLost() {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        List<List<RunUse>> sent = new ArrayList<>();
        RunUses uses = new RunUses(Stub.<UsageStore>of(UsageStore.class)
                .on("keep", arguments -> {
                    sent.add(uses(arguments));
                    answers.add(new CompletableFuture<>());
                    return answers.get(answers.size() - 1);
                })
                .get());
        Run run = begun();
        List<Double> withSteps = new ArrayList<>();
        use(uses, run, 1);
        use(uses, run, 2);
        step(uses, run, withSteps);
        assertThat(withSteps).containsExactly(3.0);
        answers.get(0).completeExceptionally(new StoreException("the store is away", null));
        uses.finish(run);
        assertThat(amounts(sent)).as("the store has it").containsExactly(1.0);

        step(uses, run, withSteps);
        assertThat(withSteps).as("nothing more").containsExactly(3.0);
        use(uses, run, 4);
        answers.get(1).complete(null);
        step(uses, run, withSteps);
        assertThat(withSteps).as("nothing more").containsExactly(3.0);
        assertThat(amounts(sent)).containsExactly(1.0, 7.0);
    }

    @Test
    void whatWasToGoWithAStepThatIsNotStoredGoesByItself() {
        List<List<RunUse>> sent = new ArrayList<>();
        RunUses uses = new RunUses(Stub.<UsageStore>of(UsageStore.class)
                .on("keep", arguments -> {
                    sent.add(uses(arguments));
                    return CompletableFuture.completedFuture(null);
                })
                .get());
        Run run = begun();
        run.used.add("tokens", 3, null);
        assertThat(uses.with(
                        run, used -> CompletableFuture.failedFuture(new StoreException("the store is away", null))))
                .isCompletedExceptionally();
        uses.finish(run);
        assertThat(amounts(sent)).containsExactly(3.0);
    }

    private static void step(RunUses uses, Run run, List<Double> amounts) {
        uses.with(run, used -> {
            used.forEach(use -> amounts.add(use.amount()));
            return CompletableFuture.completedFuture(true);
        });
    }

    @Test
    void aRunCannotInventUnitsWithoutEnd() {
        Run run = begun();
        for (int n = 0; n < 32; n++) {
            run.used.add("unit" + n, 1, null);
        }
        run.used.add("unit0", 1, null);
        assertThatThrownBy(() -> run.used.add("unit32", 1, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has already used 32 units, the maximum");
    }

    private static void use(RunUses uses, Run run, double amount) {
        run.used.add("tokens", amount, null);
        uses.keep(run);
    }

    private static List<Double> amounts(List<List<RunUse>> sent) {
        return sent.stream().map(uses -> uses.get(0).amount()).toList();
    }

    private Run begun() {
        Run run = workers.run(workers.assignment("work"));
        run.begin(WorkerFixture.START, workers.handle("work", context -> Map.of()), List.of());
        return run;
    }

    private Run run(JobHandler deed) {
        workers.handle("work", deed);
        Run run = workers.run(workers.assignment("work"));
        Outcome outcome = workers.execute(run);
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        return run;
    }
}
