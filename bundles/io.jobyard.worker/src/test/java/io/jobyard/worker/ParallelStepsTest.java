// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.EndReason;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several steps at once whose work occupies no thread. */
@Timeout(60)
class ParallelStepsTest {

    private final StepFixture job = new StepFixture();
    private final List<CompletableFuture<Integer>> works = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();

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
        await().until(() -> works.size() >= number);
        works.get(number - 1).complete(value);
    }

    private AsyncJobHandler all(int count, int parallelism) {
        return context -> context.stepsAsync(
                        IntStream.rangeClosed(1, count)
                                .mapToObj(n -> AsyncStep.of("s" + n, Integer.class, () -> {
                                    begun.incrementAndGet();
                                    CompletableFuture<Integer> work = new CompletableFuture<>();
                                    works.add(work);
                                    return work;
                                }))
                                .toList(),
                        parallelism)
                .thenApply(values -> Map.of("all", values));
    }

    @Test
    void severalRunAtOnceAndGiveTheirValuesInTheirOrder() {
        List<Outcome> ended = begin(all(5, 2));
        assertThat(works).hasSize(2);
        for (int n = 2; n <= 5; n++) {
            complete(n, n);
        }
        assertThat(ended).isEmpty();
        complete(5, 0);
        works.get(0).complete(1);
        assertThat(outcome(ended)).isEqualTo(new Outcome.Completed("{\"all\":[1,2,3,4,5]}"));
        assertThat(begin(all(0, 1))).hasSize(1);
    }

    @Test
    void afterOneThatFailsNoOtherBeginsAndALaterRunBeginsOnlyThoseThatAreNotStored() {
        List<Outcome> first = begin(all(4, 2));
        works.get(1).completeExceptionally(new IllegalStateException("first"));
        await().until(() -> works.get(1).isDone());
        assertThat(first).isEmpty();
        works.get(0).complete(1);
        assertThat(((Outcome.Failed) outcome(first)).error()).startsWith("IllegalStateException: first");
        assertThat(begun).hasValue(2);
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("s1");
        job.lose();
        List<Outcome> second = begin(all(4, 64));
        assertThat(works).hasSize(5);
        works.subList(2, 5).forEach(work -> work.complete(7));
        assertThat(outcome(second)).isEqualTo(new Outcome.Completed("{\"all\":[1,7,7,7]}"));
    }

    @Test
    void aRunThatMustEndCancelsAllThatRunAndBeginsNoOther() {
        List<Outcome> ended = begin(all(4, 3));
        job.latest().end(EndReason.CANCELLED);
        job.latest().cancelStage();
        assertThat(outcome(ended)).isEqualTo(new Outcome.Cancelled());
        assertThat(works).hasSize(3).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void severalForWhichTheLimitsDoNotSufficeEndTheRunWhichTakesThemTogetherNextTime() {
        job.workers.callsLeft = 1;
        List<Outcome> ended = begin(context -> context.stepsAsync(
                        Stream.of("a", "b", "c", "d")
                                .map(name -> AsyncStep.of(name, Integer.class, () -> {
                                            CompletableFuture<Integer> work = new CompletableFuture<>();
                                            works.add(work);
                                            return work;
                                        })
                                        .estimated(() -> Map.of("tokens", 5.0)))
                                .toList(),
                        3)
                .thenApply(values -> Map.of()));
        assertThat(ended).isEmpty();
        complete(1, 3);
        assertThat(((Outcome.AwaitsLimits) outcome(ended)).estimate())
                .isEqualTo(Map.of("calls", 2.0, "requests", 2.0, "tokens", 10.0));
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("a");
    }

    @Test
    void aParallelismOutOfRangeIsRefused() {
        assertThat(((Outcome.Failed) outcome(begin(all(1, 65)))).error())
                .contains("stepsAsync(…, 65) is out of range: use a parallelism of 1 to 64");
    }
}
