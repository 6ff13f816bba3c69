// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.api.handler.Step;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.running.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs whose work goes on without a thread. */
@Timeout(60)
class AsyncHandlersTest {

    private final WorkerFixture workers = new WorkerFixture();
    private final List<JobContext> inside = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Map<String, Object>>> stages = new CopyOnWriteArrayList<>();
    private Handler handler;

    @BeforeEach
    void handle() {
        handler = handle("async", context -> {
            CompletableFuture<Map<String, Object>> stage = new CompletableFuture<>();
            stages.add(stage);
            inside.add(context);
            return stage;
        });
    }

    @AfterEach
    void stop() {
        stages.forEach(stage -> stage.complete(Map.of()));
        workers.end();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theOutcomeIsWhatTheStageCompletesWith() {
        workers.pool.resize();
        JobId id = begin();
        assertThat(workers.outcomes(id)).isEmpty();
        assertThat(handler.info("active").running()).isEqualTo(1);
        stages.get(0).complete(Map.of("n", 1));
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.Completed("{\"n\":1}"));
        assertThat(handler.info("active").running()).isZero();
        assertThat(workers.pool.activeRuns()).isEmpty();
    }

    @Test
    void aStageThatIsCompleteAlreadyIsTakenAtOnce() {
        handle("ready", context -> CompletableFuture.completedFuture(Map.of("n", 2)));
        assertThat(workers.execute(workers.run(workers.assignment("ready"))))
                .isEqualTo(new Outcome.Completed("{\"n\":2}"));
    }

    @Test
    void whatItCompletesWithExceptionallyIsAsIfItWereThrown() {
        assertThat(fault(new PermanentException("never"))).isEqualTo(new Outcome.Failed("never", true, null));
        assertThat(fault(new SleepException(Duration.ofSeconds(7))))
                .isEqualTo(new Outcome.Slept(Duration.ofSeconds(7), null));
        assertThat(((Outcome.Failed) fault(new CompletionException(new IOException("no route")))).error())
                .startsWith("IOException: no route (AsyncHandlersTest.java:");
        handle("throws", context -> {
            throw new IOException("at once");
        });
        assertThat(((Outcome.Failed) workers.execute(workers.run(workers.assignment("throws")))).error())
                .startsWith("IOException: at once");
    }

    private Outcome fault(RuntimeException thrown) {
        Handler only = handle("fails", context -> CompletableFuture.failedFuture(thrown));
        try {
            return workers.execute(workers.run(workers.assignment("fails")));
        } finally {
            workers.handlers.remove(only);
        }
    }

    @Test
    void aResultOrAStageThatIsNoneFailsForGood() {
        handle("none", context -> null);
        assertThat(workers.execute(workers.run(workers.assignment("none"))))
                .isEqualTo(new Outcome.Failed(
                        "the handler returned null: return a stage, for example CompletableFuture.completedFuture(Map.of())",
                        true,
                        null));
        handle("null", context -> CompletableFuture.completedFuture(null));
        assertThat(((Outcome.Failed) workers.execute(workers.run(workers.assignment("null")))).permanent())
                .isTrue();
        handle("object", context -> CompletableFuture.completedFuture(Map.of("a", new Object())));
        assertThat(((Outcome.Failed) workers.execute(workers.run(workers.assignment("object")))).error())
                .startsWith("the result cannot be written as JSON at a: ");
    }

    @Test
    void aRunTakesASlotOfItsKindButNoThreadUntilItsStageCompletes() {
        workers.handle("work", workers::waitForExit);
        workers.settings = new WorkerSettings(2, 2, Long.MAX_VALUE, 0, 1, 0, 0);
        workers.pool.resize();
        begin();
        JobId second = begin();
        await().until(() -> workers.pool.activeRuns().stream().allMatch(run -> run.thread() == null));
        assertThat(workers.pool.room()).isEqualTo(new Slots(2, 0));
        assertThat(workers.pool.workers().busy()).isEqualTo(new Slots(0, 2));
        workers.give(3, "work"); // one was on its way
        workers.awaitInside(2);
        assertThat(workers.pool.room()).isEqualTo(Slots.NONE);
        JobId third = workers.give(1, "async").get(0); // was on its way
        assertThat(stages).hasSize(2);

        stages.get(0).complete(Map.of());
        await().until(() -> stages.size() == 3);
        assertThat(workers.outcomes(third)).isEmpty();
        assertThat(workers.outcomes(second)).isEmpty();
        stages.get(1).complete(Map.of());
        stages.get(2).complete(Map.of());
        await().until(() -> workers.pool.room().async() == 2);
        assertThat(workers.pool.room().threads()).isZero();
    }

    @Test
    void aThousandRunsWaitWithoutAThreadEach() {
        int before = Thread.activeCount();
        workers.pool.resize();
        workers.give(1_000, "async");
        await().until(() -> stages.size() == 1_000);
        assertThat(workers.pool.workers().busy()).isEqualTo(new Slots(0, 1_000));
        assertThat(workers.pool.room()).isEqualTo(new Slots(2, 0));
        assertThat(Thread.activeCount() - before).isLessThan(20);

        stages.forEach(stage -> stage.complete(Map.of()));
        await().until(() -> workers.pool.workers().busy().total() == 0 && workers.outcomes.size() == 1_000);
    }

    @Test
    void payloadsAndResultsThatFillTheMemoryLeaveNoRoom() {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        workers.answer = () -> stored;
        workers.settings = new WorkerSettings(2, 8, 2, 0, 1, 0, 0);
        workers.pool.resize();
        assertThat(workers.pool.room()).isEqualTo(new Slots(2, 8));
        begin();
        assertThat(workers.pool.workers().asyncBytes()).isEqualTo(2); // of the payload {}
        assertThat(workers.pool.room()).isEqualTo(new Slots(2, 0));
        assertThat(workers.pool.size()).isEqualTo(new Slots(2, 1));

        stages.get(0).complete(Map.of("n", 1));
        assertThat(workers.pool.workers().asyncBytes()).isEqualTo(2 + "{'n':1}".length());
        stored.complete(true);
        assertThat(workers.pool.workers().asyncBytes()).isZero();
        assertThat(workers.pool.room()).isEqualTo(new Slots(2, 8));
    }

    @Test
    void whatFindsNoPlaceSoonGoesBack() {
        workers.settings = new WorkerSettings(2, 2, Long.MAX_VALUE, 0, 1, 0, 0);
        workers.pool.resize();
        begin();
        begin();
        JobId third = workers.give(1, "async").get(0);
        workers.pass(Duration.ofMillis(201));
        workers.watch.look();
        workers.awaitOutcome(third, new Outcome.GivenBack("claimed and not begun"));
    }

    @Test
    void itsContextIsGoodForAnyThreadUntilTheStageCompletesButStepsAreNot() {
        workers.pool.resize();
        JobId id = begin();
        JobContext context = inside.get(0);
        await().until(() -> workers.pool.activeRuns().get(0).thread() == null);
        context.log("half way");
        context.progress(1, 2, "half");
        assertThat(context.endReason()).isEmpty();
        assertThatThrownBy(() -> context.step("late", Integer.class, () -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only the handler's own thread may call steps and waits");
        List<Step<Integer>> late = List.of(Step.of("late", Integer.class, () -> 1));
        assertThatThrownBy(() -> context.steps(late, 1)).isInstanceOf(IllegalStateException.class);
        stages.get(0).complete(Map.of());
        assertThat(workers.store.log(id)).extracting(LogLine::text).containsExactly("half way");
        assertThatThrownBy(() -> context.log("late")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stepsAndWaitsAreCalledBeforeItReturns() {
        StepFixture job = new StepFixture();
        AsyncJobHandler staged = context -> {
            int n = context.step("prepare", Integer.class, () -> 7);
            context.sleep(Duration.ofHours(1));
            return CompletableFuture.supplyAsync(() -> Map.of("n", n));
        };
        assertThat(job.run(new StagedHandler(staged))).isInstanceOf(Outcome.WaitsFor.class);
        Run run = job.begin(new StagedHandler(staged));
        List<Outcome> ended = new CopyOnWriteArrayList<>();
        job.workers.executor.execute(run, ended::add);
        await().until(() -> ended.size() == 1);
        assertThat(ended).containsExactly(new Outcome.Completed("{\"n\":7}"));
    }

    @Test
    void aTimeoutCancelsTheStage() {
        workers.pool.resize();
        JobId id = begin();
        workers.pass(WorkerFixture.TIMEOUT);
        workers.watch.look();
        assertThat(stages.get(0)).isCancelled();
        assertThat(inside.get(0).cancelled()).isTrue();
        assertThat(inside.get(0).endReason()).contains(EndReason.TIMEOUT);
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        assertThat(workers.pool.stuckRuns()).isEmpty();
    }

    @Test
    void aCancelCancelsTheStageAndNoLockIsHeldMeanwhile() {
        workers.pool.resize();
        JobId id = begin();
        List<Boolean> locked = new ArrayList<>();
        Run run = workers.pool.activeRuns().get(0);
        stages.get(0).whenComplete((result, fault) -> locked.add(Thread.holdsLock(run)));
        workers.commitCancel(id, WorkerFixture.RUN);
        assertThat(stages.get(0)).isNotDone();
        workers.watch.look();
        assertThat(locked).containsExactly(false);
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.Cancelled());
    }

    @Test
    void aRunThatIsSilentIsEndedToo() {
        handler = handleSilent(Duration.ofSeconds(5));
        workers.pool.resize();
        JobId id = begin("silent");
        workers.pass(Duration.ofSeconds(4));
        inside.get(0).heartbeat();
        workers.pass(Duration.ofSeconds(4));
        workers.watch.look();
        assertThat(workers.outcomes(id)).isEmpty();
        workers.pass(Duration.ofSeconds(1));
        workers.watch.look();
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.TimedOut(Duration.ofSeconds(5), true, false));
    }

    private Handler handleSilent(Duration heartbeat) {
        Handler silent = new Handler(
                "silent",
                handler.version,
                handler.bundle,
                1,
                handler.service,
                new HandlerTerms(
                        PayloadSchema.NONE,
                        Set.of(),
                        Set.of(),
                        new RunTerms(heartbeat, Duration.ZERO, false, false),
                        "",
                        Set.of(),
                        null,
                        false));
        workers.handlers.add(silent);
        return silent;
    }

    @Test
    void aStageThatIgnoresItsEndIsGivenUpAndItsPlaceIsFree() {
        CompletableFuture<Map<String, Object>> stubborn = new CompletableFuture<>();
        handle("stubborn", context -> stubborn.minimalCompletionStage());
        workers.settings = new WorkerSettings(2, 3, Long.MAX_VALUE, 0, 1, 0, 0);
        workers.pool.resize();
        JobId id = workers.give(1, "stubborn").get(0);
        await().until(() -> workers.pool.activeRuns().stream().anyMatch(Run::goesOn));
        workers.overdue();
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        assertThat(workers.pool.room()).isEqualTo(new Slots(2, 3));
        Run stuck = workers.pool.stuckRuns().get(0);
        assertThat(ThreadFindings.stuck(stuck).problem())
                .startsWith(
                        "the stage of job " + id + " does not complete since 2030-01-01T00:01:00Z, handler stubborn");

        stubborn.complete(Map.of());
        assertThat(workers.pool.stuckRuns()).isEmpty();
        assertThat(workers.outcomes(id)).hasSize(1);
    }

    @Test
    void stagesThatIgnoreTheirEndTakeNoThreadThatIsReplaced() {
        handle("stubborn", context -> new CompletableFuture<Map<String, Object>>().minimalCompletionStage());
        workers.handle("blocked", workers::ignoreInterrupts);
        workers.pool.resize();
        workers.give(2, "stubborn");
        await().until(() ->
                workers.pool.activeRuns().stream().filter(Run::goesOn).count() == 2);
        workers.overdue();
        assertThat(workers.quarantined()).containsExactly("test 1.0.0"); // as many as there are workers do not end
        for (int n = 0; n < 2; n++) {
            workers.give(1, "blocked");
            workers.awaitInside(n + 1);
        }
        workers.overdue();
        await().until(() -> workers.pool.room().threads() == 2);
    }

    @Test
    void aHandlerThatLeavesWaitsForTheStage() throws Exception {
        workers.pool.resize();
        JobId id = begin();
        await().until(() -> workers.pool.activeRuns().get(0).thread() == null);
        assertThat(handler.runs.drain(Duration.ZERO, Duration.ofSeconds(10))).isZero();
        assertThat(stages.get(0)).isCancelled();
        workers.awaitOutcome(id, new Outcome.GivenBack("its handler left or the host stopped"));
    }

    @Test
    void aHostThatStopsLetsAStageCompleteAndThenCancelsIt() {
        workers.settings = new WorkerSettings(2, 1_000, Long.MAX_VALUE, 0, 1, 0, 0);
        workers.pool.resize();
        JobId id = begin();
        await().until(() -> workers.pool.activeRuns().get(0).thread() == null);
        workers.supervisor.stop();
        assertThat(stages.get(0)).isCancelled();
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.GivenBack("its handler left or the host stopped"));
    }

    @Test
    void aStageWhoseInterceptorThrowsAfterItIsCancelled() {
        workers.interceptors = List.of(new Interceptor(
                "test",
                invocation -> {
                    assertThat(invocation.proceed()).isEmpty();
                    throw new PermanentException("after it");
                },
                new RunsInside()));
        assertThat(workers.execute(workers.run(workers.assignment("async"))))
                .isEqualTo(new Outcome.Failed("after it", true, null));
        assertThat(stages.get(0)).isCancelled();
    }

    @Test
    void aStageOfAClassThatThrowsIsTheJobsFailure() {
        CompletableFuture<Map<String, Object>> evil = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Map<String, Object>> whenComplete(
                    BiConsumer<? super Map<String, Object>, ? super Throwable> action) {
                throw new IllegalStateException("no listeners");
            }
        };
        handle("evil", context -> evil);
        assertThat(((Outcome.Failed) workers.execute(workers.run(workers.assignment("evil")))).error())
                .startsWith("IllegalStateException: no listeners");
    }

    @Test
    void itRunsWithItsOwnClassLoader() {
        List<ClassLoader> seen = Collections.synchronizedList(new ArrayList<>());
        AsyncJobHandler own = context -> {
            seen.add(Thread.currentThread().getContextClassLoader());
            return CompletableFuture.completedFuture(Map.of());
        };
        handle("own", own);
        workers.execute(workers.run(workers.assignment("own")));
        assertThat(seen).containsExactly(own.getClass().getClassLoader());
    }

    private Handler handle(String type, AsyncJobHandler async) {
        return workers.handle(type, new StagedHandler(async));
    }

    private JobId begin() {
        return begin("async");
    }

    /** Its stage is there, and known to its run. */
    private JobId begin(String type) {
        int before = stages.size();
        JobId id = workers.give(1, type).get(0);
        await().until(() -> stages.size() == before + 1
                && workers.pool.activeRuns().stream()
                        .filter(run -> run.id().equals(id))
                        .anyMatch(Run::goesOn));
        return id;
    }
}
