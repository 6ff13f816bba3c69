// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunSuspended;
import io.jobyard.api.handler.TypeOf;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps whose work occupies no thread. */
@Timeout(60)
class AsyncStepsTest {

    record Count(int words, String text) {}

    private final StepFixture job = new StepFixture();
    private final List<CompletableFuture<Integer>> works = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();

    /** One step after the other, the second on the thread on which the first one ends. */
    private final AsyncJobHandler two = context ->
            step(context, "one").thenCompose(one -> step(context, "two").thenApply(two -> Map.of("sum", one + two)));

    private CompletionStage<Integer> step(JobContext context, String name) {
        return context.stepAsync(AsyncStep.of(name, Integer.class, () -> {
                    begun.incrementAndGet();
                    CompletableFuture<Integer> work = new CompletableFuture<>();
                    works.add(work);
                    return work;
                })
                .estimated(() -> Map.of("tokens", 5.0)));
    }

    private List<Outcome> begin(AsyncJobHandler handler) {
        List<Outcome> ended = new CopyOnWriteArrayList<>();
        job.workers.executor.execute(job.begin(new StagedHandler(handler)), ended::add);
        return ended;
    }

    private static Outcome outcome(List<Outcome> ended) {
        await().until(() -> !ended.isEmpty());
        return ended.get(0);
    }

    private void complete(int number, int value) {
        await().until(() -> works.size() == number);
        works.get(number - 1).complete(value);
    }

    @Test
    void eachIsStoredBeforeTheNextAndALaterRunReadsIt() {
        List<Outcome> first = begin(two);
        assertThat(job.latest().thread()).isNull();
        complete(1, 3);
        await().until(() -> works.size() == 2);
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("one");
        works.get(1).completeExceptionally(new PermanentException("never"));
        assertThat(outcome(first)).isEqualTo(new Outcome.Failed("never", true, null));
        assertThat(job.workers.calls)
                .containsExactly("begin {requests=1.0, tokens=5.0}", "end", "begin {requests=1.0, tokens=5.0}", "end");
        job.lose();
        List<Outcome> second = begin(two);
        complete(3, 4);
        assertThat(outcome(second)).isEqualTo(new Outcome.Completed("{\"sum\":7}"));
        assertThat(begun).hasValue(3);
    }

    @Test
    void aValueHasItsGenericTypeWhenItIsNewAndWhenItIsStored() {
        AsyncJobHandler counts = context -> context.stepsAsync(
                        List.of(
                                AsyncStep.of("one", new TypeOf<List<Count>>() {}, () -> counted("one")),
                                AsyncStep.of("two", new TypeOf<List<Count>>() {}, () -> counted("two"))),
                        2)
                .thenCompose(read -> {
                    int sum =
                            read.stream().mapToInt(each -> each.get(0).words()).sum();
                    return context.run() < 2
                            ? CompletableFuture.failedFuture(new IllegalStateException("first run: " + sum))
                            : CompletableFuture.completedFuture(Map.of("sum", sum));
                });
        assertThat(outcome(begin(counts)))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        first -> assertThat(first.error()).startsWith("IllegalStateException: first run: 2 "));
        job.lose();
        assertThat(outcome(begin(counts))).isEqualTo(new Outcome.Completed("{\"sum\":2}"));
        assertThat(begun).hasValue(2);
    }

    private CompletionStage<List<Count>> counted(String text) {
        begun.incrementAndGet();
        return CompletableFuture.completedFuture(List.of(new Count(1, text)));
    }

    @Test
    void aRunThatMustEndCancelsTheWorkAndItsStageEndsBehindIt() {
        List<String> heard = new CopyOnWriteArrayList<>();
        CompletableFuture<Integer> work = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                heard.add("cancelled");
                return true;
            }
        };
        CompletableFuture<Map<String, Object>> stage = new CompletableFuture<>();
        List<Outcome> ended = begin(context -> {
            AsyncStep<Integer> step =
                    AsyncStep.of("one", Integer.class, () -> work).estimated(Map::of);
            context.stepAsync(step).whenComplete((value, fault) -> {
                context.used("tokens", 7); // the run goes on until the stage completes
                stage.completeExceptionally(fault);
            });
            return stage;
        });
        job.latest().end(EndReason.CANCELLED);
        job.latest().cancelStage();
        assertThat(heard).containsExactly("cancelled");
        assertThat(stage).isNotDone();
        work.completeExceptionally(new IllegalStateException("closed"));
        assertThat(outcome(ended)).isEqualTo(new Outcome.Cancelled());
        assertThat(stage).isCompletedExceptionally().isNotCancelled();
        assertThat(job.steps()).isEmpty();
    }

    @Test
    void aRequestToEndWhileTheWorkBeginsCancelsIt() {
        List<Outcome> ended = begin(context -> context.stepAsync(AsyncStep.of("one", Integer.class, () -> {
                    CompletableFuture<Integer> work = new CompletableFuture<>();
                    works.add(work);
                    CompletableFuture.runAsync(() -> {
                                job.latest().end(EndReason.CANCELLED);
                                job.latest().cancelStage();
                            })
                            .join();
                    return work;
                }))
                .thenApply(value -> Map.of()));
        job.latest().cancelStage();
        assertThat(outcome(ended)).isEqualTo(new Outcome.Cancelled());
        assertThat(works.get(0)).isCancelled();
    }

    @Test
    void noneBeginsOnceTheRunMustEnd() {
        List<Outcome> ended = begin(two);
        job.latest().end(EndReason.TIMEOUT);
        complete(1, 3);
        assertThat(outcome(ended)).isEqualTo(new Outcome.TimedOut(WorkerFixture.TIMEOUT, false, true));
        assertThat(begun).hasValue(1);
    }

    @Test
    void anotherOrderThanInAnEarlierRunFailsForGood() {
        List<Outcome> first = begin(two);
        complete(1, 3);
        await().until(() -> works.size() == 2);
        works.get(1).completeExceptionally(new IllegalStateException("again"));
        outcome(first);
        job.lose();
        Outcome.Failed failed = (Outcome.Failed) outcome(
                begin(context -> step(context, "two").thenApply(value -> Map.of("sum", value))));
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error()).startsWith("step 1 was 'one' in run 1 and is 'two' now");
        assertThat(begun).hasValue(2);
    }

    @Test
    void oneThatTheLimitsDoNotAllowEndsTheRun() {
        job.workers.callsLeft = 1;
        List<Outcome> ended = begin(two);
        complete(1, 3);
        assertThat(outcome(ended)).isInstanceOf(Outcome.AwaitsLimits.class);
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("one");
    }

    @Test
    void workThatThrowsIsAFailureOfItsStage() {
        assertThat(outcome(begin(context -> context.stepAsync(AsyncStep.of("one", Integer.class, () -> {
                            throw new PermanentException("at once");
                        }))
                        .thenApply(value -> Map.of()))))
                .isEqualTo(new Outcome.Failed("at once", true, null));
    }

    @Test
    void codeThatDependsOnAStepRunsOnAThreadOfTheWorkersAndLogsTheJob() throws Exception {
        MdcFixture mdc = new MdcFixture();
        List<String> threads = new CopyOnWriteArrayList<>();
        List<Outcome> ended = begin(context -> step(context, "one").thenApply(one -> {
            threads.add(Thread.currentThread().getName() + " " + mdc.mdc.get("type"));
            return Map.of("n", one);
        }));
        complete(1, 3);
        assertThat(outcome(ended)).isEqualTo(new Outcome.Completed("{\"n\":3}"));
        assertThat(threads).singleElement().asString().matches("jobyard-async-\\d+ work");
        mdc.end();
    }

    @Test
    void codeThatBlocksIsInterruptedOnceTheRunMustEnd() {
        CountDownLatch inside = new CountDownLatch(1);
        List<Outcome> ended = begin(context -> step(context, "one").thenApply(one -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
            return Map.of();
        }));
        complete(1, 3);
        await().until(() -> inside.getCount() == 0);
        assertThat(ended).isEmpty();
        job.latest().end(EndReason.CANCELLED);
        job.latest().cancelStage();
        assertThat(outcome(ended)).isEqualTo(new Outcome.Cancelled());
    }

    /** A step, a wait for a signal on the thread on which the step ends, and another step. */
    private final AsyncJobHandler asking = context -> step(context, "one").thenCompose(one -> {
        Optional<Integer> more = context.signal("more", Integer.class, Duration.ofSeconds(30));
        return step(context, "two").thenApply(two -> Map.of("sum", one + two + more.orElse(0)));
    });

    @Test
    void aWaitInCodeThatDependsOnAStepEndsTheRunAndTheNextOneContinuesAfterIt() {
        List<Outcome> first = begin(asking);
        complete(1, 3);
        Outcome.WaitsFor waits = (Outcome.WaitsFor) outcome(first);
        assertThat(waits.on().name()).isEqualTo("signal more");
        job.settle(waits);
        StoredSignal signal = new StoredSignal(0, "more", WorkerFixture.START, "alice", false, "4");
        assertThat(job.workers.store.work().signal(job.id, signal, waiting -> job.move()))
                .isCompleted();
        job.follow();
        List<Outcome> second = begin(asking);
        complete(2, 5);
        assertThat(outcome(second)).isEqualTo(new Outcome.Completed("{\"sum\":12}"));
        assertThat(begun).hasValue(2);
    }

    @Test
    void aHandlerThatContinuesAfterItsWaitHasEndedTheRunFailsForGood() {
        List<Outcome> ended = begin(context -> step(context, "one").thenCompose(one -> {
            try {
                context.sleep(Duration.ofSeconds(1));
            } catch (RunSuspended e) {
                return context.stepAsync(AsyncStep.of("two", Map.class, () -> new CompletableFuture<>()))
                        .exceptionally(fault -> Map.of())
                        .thenApply(any -> Map.of());
            }
            return CompletableFuture.completedFuture(Map.of());
        }));
        complete(1, 3);
        assertThat(((Outcome.Failed) outcome(ended)).error()).startsWith("its handler continued after 'sleep 1'");
    }
}
