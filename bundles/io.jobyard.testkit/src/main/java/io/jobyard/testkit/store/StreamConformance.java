// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.WorkStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams of handlers. */
interface StreamConformance extends Conformance {

    private static List<StreamPiece> pieces(int run, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> new StreamPiece(n, run, Draft.T0.plusNanos(1_000L * n), "piece " + n + " – ünï\n"))
                .toList();
    }

    @Test
    default void aStreamGoesOnOverAllRunsWithoutGaps() {
        Assignment run = run();
        JobId id = run.stored().id();
        assertThat(work().stream(id, 0, 10)).isEmpty();
        Assignment other = run();
        for (int n = 1; n < 31; n += 3) {
            work().emit(run, pieces(1, n, n + 3));
            work().emit(other, pieces(1, n, n + 1));
        }
        assertThat(done(work().emit(run, List.of()))).isTrue();
        assertThat(work().stream(id, 0, 100)).isEqualTo(pieces(1, 1, 31));
        assertThat(work().stream(other.stored().id(), 0, 100)).hasSize(10);

        under().restart();
        StoredJob again = move(Moves.start(move(Moves.queue(run.stored())), jobs()));
        List<StreamPiece> second = pieces(2, 31, 33);
        assertThat(done(work().emit(runOf(again), second))).isTrue();
        List<StreamPiece> all = new ArrayList<>(pieces(1, 1, 31));
        all.addAll(second);
        assertThat(work().stream(id, 0, 100)).isEqualTo(all);
        assertThat(work().stream(id, 30, 1)).isEqualTo(all.subList(30, 31));
        assertThat(work().stream(id, 5, 7)).isEqualTo(all.subList(5, 12));
        assertThat(work().stream(id, 32, 7)).isEmpty();
    }

    @Test
    default void whatIsEmittedBeforeTheEndIsThereAndNothingBehindIt() {
        List<Assignment> runs = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            runs.add(run());
        }
        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        List<CompletableFuture<Boolean>> refused = new ArrayList<>();
        for (Assignment run : runs) {
            stored.add(work().emit(run, pieces(1, 1, 3)));
            stored.add(work().emit(run, pieces(1, 3, 4)));
            stored.add(jobs().move(Moves.complete(run.stored(), "{}"), null));
            refused.add(work().emit(run, pieces(1, 4, 5)));
        }
        assertThat(stored).allMatch(this::done);
        assertThat(refused).noneMatch(this::done);
        assertThat(runs)
                .allSatisfy(run ->
                        assertThat(work().stream(run.stored().id(), 0, 9)).isEqualTo(pieces(1, 1, 4)));
    }

    @Test
    default void aStreamThatWouldBeTooLongIsRefusedAndStaysAsItIs() {
        Assignment run = run();
        String text = "x".repeat(10_000);
        int room = WorkStore.MAX_STREAM_CHARACTERS;
        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        long number = 0;
        while (room >= text.length()) {
            List<StreamPiece> some = new ArrayList<>();
            for (int n = 0; n < 200 && room >= text.length(); n++) {
                some.add(new StreamPiece(++number, 1, Draft.T0, text));
                room -= text.length();
            }
            stored.add(work().emit(run, some));
        }
        CompletableFuture<Boolean> surplus = work().emit(run, List.of(new StreamPiece(0, 1, Draft.T0, text)));
        assertThat(stored).allMatch(this::done);
        refused(surplus, QuotaException.class);
        assertThat(done(work().emit(run, List.of(new StreamPiece(0, 1, Draft.T0, "y".repeat(room))))))
                .isTrue();
        refused(work().emit(run, List.of(new StreamPiece(0, 1, Draft.T0, "y"))), QuotaException.class);
        assertThat(work().stream(run.stored().id(), number, 9))
                .containsExactly(new StreamPiece(number + 1, 1, Draft.T0, "y".repeat(room)));
    }
}
