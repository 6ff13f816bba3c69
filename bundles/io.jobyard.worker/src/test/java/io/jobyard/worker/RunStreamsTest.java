// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.LogLine;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.WorkStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What handlers emit, on its way to the store. */
@Timeout(60)
class RunStreamsTest {

    private final StepFixture job = new StepFixture();
    private final List<List<StreamPiece>> sent = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Boolean>> answers = new CopyOnWriteArrayList<>();
    /** A store whose answers the test gives. */
    private final WorkStore store = Stub.<WorkStore>of(WorkStore.class)
            .on("emit", arguments -> {
                sent.add(pieces(arguments));
                answers.add(new CompletableFuture<>());
                return answers.get(answers.size() - 1);
            })
            .get();

    private final RunStreams slow = new RunStreams(store, () -> job.workers.settings, job.workers.time);

    @SuppressWarnings("unchecked") // what the store is given
    private static List<StreamPiece> pieces(Object[] arguments) {
        return (List<StreamPiece>) arguments[1];
    }

    @Test
    void whatTheHandlersOfAllRunsEmitIsStoredInOrderAndEachPieceNamesItsRun() {
        job.run(context -> {
            context.emit("Once ");
            job.pass(Duration.ofSeconds(1));
            context.emit("");
            context.emit("upon ");
            throw new IllegalStateException("broken");
        });
        job.run(context -> {
            context.emit("Again");
            return Map.of();
        });
        assertThat(job.workers.store.work().stream(job.id, 0, 10))
                .containsExactly(
                        new StreamPiece(1, 1, WorkerFixture.START, "Once "),
                        new StreamPiece(2, 1, WorkerFixture.START.plusSeconds(1), "upon "),
                        new StreamPiece(3, 2, WorkerFixture.START.plusSeconds(1), "Again"));
    }

    @Test
    void aLongTextIsCutIntoPiecesButNoPairOfSurrogates() {
        String text = "x".repeat(9_999) + "\uD83D\uDE00" + "y".repeat(15_000);
        job.completed(context -> {
            context.emit(text);
            return Map.of();
        });
        List<StreamPiece> stored = job.workers.store.work().stream(job.id, 0, 10);
        assertThat(stored).extracting(piece -> piece.text().length()).containsExactly(9_999, 10_000, 5_002);
        assertThat(text(stored)).isEqualTo(text);
        assertThat(EmittedText.pieces("x".repeat(10_000))).hasSize(1);
    }

    @Test
    void whatIsEmittedIsRedactedLikeTheLogAndNotCut() {
        JobInterceptor secrets = invocation -> {
            invocation.redact(text -> text.replace("s3cret", "***"));
            return invocation.proceed();
        };
        job.workers.interceptors = List.of(new Interceptor("test", secrets, new RunsInside()));
        job.completed(context -> {
            context.emit("x".repeat(5_000) + "s3cret");
            return Map.of();
        });
        assertThat(text(job.workers.store.work().stream(job.id, 0, 10))).isEqualTo("x".repeat(5_000) + "***");
    }

    @Test
    void aRunHasOneWriteUnderWayAndTheNextHasAllThatCameMeanwhile() {
        Run run = begun();
        emit(run, "a", "b", "c");
        assertThat(sent).hasSize(1);
        answers.get(0).complete(true);
        assertThat(sent).extracting(RunStreamsTest::text).containsExactly("a", "bc");
        emit(run, "d");
        assertThat(sent).hasSize(2);
        slow.finish(run); // the outcome follows in the same order
        assertThat(sent).extracting(RunStreamsTest::text).containsExactly("a", "bc", "d");
        answers.forEach(answer -> answer.complete(true));
        assertThat(sent).hasSize(3);
    }

    @Test
    void whatTheStoreRefusesGoesWithWhatComesNextInOrder() {
        Run run = begun();
        emit(run, "a", "b");
        answers.get(0).completeExceptionally(new StoreException("away", null));
        assertThat(sent).hasSize(1);
        emit(run, "c");
        assertThat(sent).extracting(RunStreamsTest::text).containsExactly("a", "abc");
        answers.get(1).completeExceptionally(new StoreException("away", null));
        slow.finish(run);
        assertThat(sent).extracting(RunStreamsTest::text).containsExactly("a", "abc", "abc");
        answers.get(2).completeExceptionally(new StoreException("away", null));
        assertThat(sent).hasSize(3);
    }

    @Test
    void aHandlerWaitsWhileTooMuchIsUnsentUntilTheStoreHasTakenIt() throws Exception {
        Run run = begun();
        emit(run, "first");
        IntStream.range(0, 1_000).forEach(n -> emit(run, "x"));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> emit(run, "last"));
        await().until(() -> isWaiting());
        assertThat(waiting).isNotDone();
        answers.get(0).complete(true);
        waiting.get();
        assertThat(sent).hasSize(2);
        answers.get(1).complete(true);
        assertThat(sent).hasSize(3);
        assertThat(text(sent.get(2))).isEqualTo("last");
    }

    @Test
    void aHandlerThatWaitsIsToldWhenTheStoreRefusesAndWhenItIsInterrupted() {
        Run run = begun();
        emit(run, "first");
        IntStream.range(0, 1_000).forEach(n -> emit(run, "x"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> emit(run, "more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("emit was interrupted while waiting for the store; its text is dropped");
        assertThat(Thread.interrupted()).isTrue();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> emit(run, "last"));
        await().until(() -> isWaiting());
        answers.get(0).completeExceptionally(new StoreException("away", null));
        assertThatThrownBy(waiting::get).hasRootCauseMessage("away").cause().isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> emit(run, "later"))
                .isInstanceOf(StoreException.class)
                .hasMessage("cannot store the run's emitted text: away");
        slow.finish(run);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aThreadOfTheHandlerThatWaitsIsLetGoWhenTheRunIsOver() {
        Run run = begun();
        emit(run, "first");
        IntStream.range(0, 1_000).forEach(n -> emit(run, "x"));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> emit(run, "last"));
        await().until(() -> isWaiting());
        run.decide();
        slow.finish(run);
        assertThatThrownBy(waiting::get)
                .hasMessageContaining("emit is not allowed: run 1 of job " + job.id + " has ended");
    }

    @Test
    void aStreamThatIsFullFailsTheRunForGood() {
        Run run = begun();
        emit(run, "a", "b");
        answers.get(0).completeExceptionally(new QuotaException("the stream is full"));
        assertThatThrownBy(() -> emit(run, "c"))
                .isInstanceOf(PermanentException.class)
                .hasMessage("the stream is full");
        slow.finish(run);
        assertThat(sent).hasSize(1);

        Outcome.Failed failed = job.failed(context -> {
            context.emit("x".repeat(16_777_217));
            return Map.of();
        });
        assertThat(failed)
                .isEqualTo(new Outcome.Failed(
                        "emit(…) received 16777217 characters; a job's stream can have at most 16777216", true, null));
    }

    @Test
    void aRunThatHasLostItsJobIsToldSoAndEmitsNothingMore() {
        Run run = job.begin(context -> {
            context.emit("mine");
            job.lose();
            context.emit("no more");
            assertThat(context.cancelled()).isTrue();
            assertThatThrownBy(() -> context.emit("again"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "emitted text is not stored: run 1 of job " + job.id + " no longer holds its job");
            return Map.of();
        });
        job.workers.execute(run);
        assertThat(text(job.workers.store.work().stream(job.id, 0, 10))).isEqualTo("mine");
    }

    @Test
    void whatIsEmittedAfterTheRunIsRefused() {
        List<JobContext> kept = new ArrayList<>();
        job.completed(context -> {
            kept.add(context);
            return Map.of();
        });
        assertThatThrownBy(() -> kept.get(0).emit("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("emit is not allowed: run 1 of job " + job.id + " has ended");
        assertThat(job.workers.store.work().stream(job.id, 0, 10)).isEmpty();
    }

    @Test
    void whatAStepEmittedIsStoredInTheCommitOfTheStep() {
        List<String> stored = new ArrayList<>();
        RunOutputs outputs = new RunOutputs(new RunLogs(job.workers.store), job.workers.uses, slow);
        Run run = begun();
        emit(run, "a", "b", "c");
        run.lines.add(new LogLine(WorkerFixture.START, 1, "line"));
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        CompletableFuture<Boolean> step = outputs.with(run, "step", before -> {
            stored.add(text(before.pieces()) + " " + before.log().size());
            return kept;
        });
        assertThat(stored).isEmpty();
        answers.get(0).complete(true);
        assertThat(stored).containsExactly("bc 1");
        emit(run, "d");
        assertThat(sent).hasSize(1);
        assertThat(step).isNotDone();
        kept.complete(true);
        assertThat(step).isCompletedWithValue(true);
        assertThat(sent).extracting(RunStreamsTest::text).containsExactly("a", "d");
    }

    @Test
    void aStepWithoutUnsentPiecesWaitsForNothing() {
        Run run = begun();
        List<Integer> pieces = new ArrayList<>();
        slow.with(run, "step", before -> {
            pieces.add(before.size());
            return CompletableFuture.completedFuture(true);
        });
        emit(run, "a");
        slow.with(run, "step", before -> {
            pieces.add(before.size());
            return CompletableFuture.completedFuture(true);
        });
        assertThat(pieces).containsExactly(0, 0);
    }

    @Test
    void whatAStepCouldNotStoreGoesWithWhatComesNextInOrder() {
        Run run = begun();
        emit(run, "a", "b");
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        CompletableFuture<Boolean> step = slow.with(run, "step", before -> refused);
        answers.get(0).complete(true);
        refused.completeExceptionally(new StoreException("away", null));
        assertThat(step).isCompletedExceptionally();
        emit(run, "c");
        assertThat(sent).extracting(RunStreamsTest::text).containsExactly("a", "bc");
    }

    @Test
    void aStepWhosePiecesHaveNoRoomFailsTheRunForGood() {
        job.workers.onWork = (method, arguments) -> {
            if (method.equals("keep")) {
                throw new QuotaException("the stream is full");
            }
        };
        assertThat(job.failed(context -> Map.of("one", context.step("one", Integer.class, () -> 1))))
                .isEqualTo(new Outcome.Failed("the stream is full", true, null));
    }

    @Test
    void allOutputIsHandedToTheStoreBeforeTheChildrenThatARunWaitsFor() {
        List<String> calls = new ArrayList<>();
        job.workers.submitted = (run, wait, children) -> {
            calls.add(text(job.workers.store.work().stream(job.id, 0, 10)) + " "
                    + job.workers.store.log(job.id).size());
            return Optional.empty();
        };
        job.run(context -> {
            context.emit("ahead");
            context.log("line");
            context.children(List.of(JobSpecification.type("child").build()));
            return Map.of();
        });
        assertThat(calls).containsExactly("ahead 1");
    }

    private void emit(Run run, String... texts) {
        for (String text : texts) {
            slow.emit(run, List.of(new StreamPiece(0, 1, WorkerFixture.START, text)));
        }
    }

    private static String text(List<StreamPiece> pieces) {
        return pieces.stream().map(StreamPiece::text).collect(Collectors.joining());
    }

    /** Whether a thread waits for room. */
    private static boolean isWaiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getState() == Thread.State.WAITING
                        && List.of(thread.getValue()).stream()
                                .anyMatch(frame -> frame.getMethodName().equals("awaitRoom")));
    }

    private Run begun() {
        Run run = job.begin(context -> Map.of());
        run.begin(WorkerFixture.START, job.workers.handle("work", context -> Map.of()), List.of());
        return run;
    }
}
