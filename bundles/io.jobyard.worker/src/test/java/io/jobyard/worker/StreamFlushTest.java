// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.StoreException;
import io.jobyard.api.StreamPiece;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.steps.WorkStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts of a run that are stored together. */
@Timeout(60)
class StreamFlushTest {

    private static final long MILLI = 1_000_000;

    private final StepFixture job = new StepFixture();
    /** Times of the test at which later work is due, in milliseconds. */
    private final List<Long> timers = new ArrayList<>();

    private final List<Runnable> due = new ArrayList<>();
    private final List<List<StreamPiece>> sent = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Boolean>> answers = new CopyOnWriteArrayList<>();
    private final WorkStore store = Stub.<WorkStore>of(WorkStore.class)
            .on("emit", arguments -> {
                sent.add(pieces(arguments));
                answers.add(new CompletableFuture<>());
                return answers.get(answers.size() - 1);
            })
            .get();

    private final RunStreams streams = new RunStreams(
            store,
            () -> new WorkerSettings(2, 1_000, Long.MAX_VALUE, 0, 1, 0, 100),
            new WorkerTime(job.workers.clock, job.workers.nanos::get, Duration.ZERO, time -> {}, (time, work) -> {
                timers.add((job.workers.nanos.get() + time.toNanos()) / MILLI);
                due.add(work);
            }));

    private final Run run = begun();

    @SuppressWarnings("unchecked") // what the store is given
    private static List<StreamPiece> pieces(Object[] arguments) {
        return (List<StreamPiece>) arguments[1];
    }

    private Run begun() {
        job.workers.nanos.set(1_030 * MILLI);
        Run begun = job.begin(context -> Map.of());
        begun.begin(WorkerFixture.START, job.workers.handle("work", context -> Map.of()), List.of());
        return begun;
    }

    private void emit(String... texts) {
        for (String text : texts) {
            streams.emit(run, List.of(new StreamPiece(0, 1, job.workers.clock.instant(), text)));
        }
    }

    private void fire() {
        List<Runnable> works = List.copyOf(due);
        due.clear();
        works.forEach(Runnable::run);
    }

    private List<String> rows() {
        return sent.stream().flatMap(List::stream).map(StreamPiece::text).toList();
    }

    @Test
    void theFirstTextIsStoredAtOnceAndTheNextOnesTogetherAtATimeThatAllRunsShare() {
        emit("a");
        assertThat(rows()).containsExactly("a");
        answers.get(0).complete(true);
        emit("b");
        job.pass(Duration.ofMillis(20));
        emit("c", "d");
        assertThat(rows()).containsExactly("a");
        assertThat(timers).containsExactly(1_100L);
        job.pass(Duration.ofMillis(50));
        fire();
        assertThat(rows()).containsExactly("a", "bcd");
        assertThat(sent.get(1).get(0).at()).isEqualTo(WorkerFixture.START);
        answers.get(1).complete(true);
        job.pass(Duration.ofMillis(30));
        emit("e");
        assertThat(timers).containsExactly(1_100L, 1_200L);
        job.pass(Duration.ofMillis(70));
        fire();
        answers.get(2).complete(true);
        job.pass(Duration.ofMillis(100));
        emit("f");
        assertThat(rows()).containsExactly("a", "bcd", "e", "f");
        assertThat(due).isEmpty();
    }

    @Test
    void textsThatAreDueWhileAWriteIsUnderWayFollowIt() {
        emit("a", "b");
        fire();
        emit("c");
        assertThat(rows()).containsExactly("a");
        answers.get(0).complete(true);
        assertThat(rows()).containsExactly("a", "bc");
    }

    @Test
    void theOutcomeAndAStepStoreWhatIsNotDue() {
        emit("a", "b", "c");
        answers.get(0).complete(true);
        List<String> with = new ArrayList<>();
        streams.with(run, "step", pieces -> {
            pieces.forEach(piece -> with.add(piece.text()));
            return CompletableFuture.completedFuture(true);
        });
        assertThat(with).containsExactly("bc");
        emit("d", "e");
        streams.finish(run);
        assertThat(rows()).containsExactly("a", "de");
        fire();
        assertThat(sent).hasSize(2);
    }

    @Test
    void aRefusedTextIsStoredWithTheNextOneThatIsDue() {
        emit("a", "b");
        answers.get(0).completeExceptionally(new StoreException("away", null));
        fire();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).extracting(StreamPiece::text).containsExactly("a", "b");
    }

    @Test
    void aRowHasABoundedLength() {
        emit("a", "x".repeat(9_999), "y", "z");
        answers.get(0).complete(true);
        fire();
        assertThat(sent.get(1)).extracting(piece -> piece.text().length()).containsExactly(10_000, 1);
    }

    @Test
    void aRunThatEmits200TextsInASecondWritesElevenRowsWithAllTextInOrder() {
        StringBuilder all = new StringBuilder();
        Random random = new Random(7);
        for (int n = 0; n < 200; n++) {
            String text = random.nextInt(1_000) + " ";
            all.append(text);
            emit(text);
            job.pass(Duration.ofMillis(5));
            if (!timers.isEmpty() && job.workers.nanos.get() / MILLI >= timers.get(timers.size() - 1)) {
                fire();
            }
            answers.forEach(answer -> answer.complete(true));
        }
        streams.finish(run);
        assertThat(String.join("", rows())).isEqualTo(all.toString());
        assertThat(rows()).hasSizeBetween(11, 12);
    }

    @Test
    void theTimerOfAHostStoresThem() {
        RunStreams timed = new RunStreams(
                store,
                () -> new WorkerSettings(2, 1_000, Long.MAX_VALUE, 0, 1, 0, 50),
                WorkerTime.real(job.workers.clock));
        for (String text : List.of("a", "b", "c")) {
            timed.emit(run, List.of(new StreamPiece(0, 1, WorkerFixture.START, text)));
        }
        answers.get(0).complete(true);
        await().until(() -> sent.size() == 2);
        assertThat(rows().stream().collect(Collectors.joining("|"))).isEqualTo("a|bc");
    }
}
