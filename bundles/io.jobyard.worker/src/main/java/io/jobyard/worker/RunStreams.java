// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.Futures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores streams of runs in order. The texts that a run emits within {@code stream.flush.ms} share one row. Each run has at most one write
 * in flight; later pieces are stored with the next write.
 */
final class RunStreams {

    private static final Logger LOG = LoggerFactory.getLogger(RunStreams.class);

    private final WorkStore store;
    private final Supplier<WorkerSettings> settings;
    private final WorkerTime time;

    RunStreams(WorkStore store, Supplier<WorkerSettings> settings, WorkerTime time) {
        this.store = store;
        this.settings = settings;
        this.time = time;
    }

    /** Accepts pieces that belong together. Waits until there is room for them. */
    void emit(Run run, List<StreamPiece> pieces) {
        while (!run.ask("emit", () -> isTaken(run, pieces))) {
            try {
                run.signs().<Boolean, InterruptedException>during(() -> {
                    run.stream.awaitRoom(pieces);
                    return true;
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(
                        "emit was interrupted while waiting for the store; its text is dropped", e);
            }
        }
    }

    private boolean isTaken(Run run, List<StreamPiece> pieces) {
        long period = settings.get().streamFlush().toNanos();
        long now = time.nanos().getAsLong();
        boolean isTaken = run.stream.add(pieces, period > 0);
        if (isTaken) {
            Duration wait = run.stream.untilDue(now, period);
            if (wait != null) {
                time.timer().after(wait, () -> flush(run));
            }
        } else {
            run.stream.becomeDue(now);
        }
        run.stream.send(batch -> store(run, batch));
        return isTaken;
    }

    private void flush(Run run) {
        run.stream.becomeDue(time.nanos().getAsLong());
        run.stream.send(batch -> store(run, batch));
    }

    /** Stores the remaining pieces before the outcome. */
    void finish(Run run) {
        run.stream.finish(batch -> store(run, batch));
    }

    /**
     * Stores the emitted pieces together with another change, in one commit. If pieces wait, first waits for the write in flight.
     */
    CompletableFuture<Boolean> with(
            Run run, String call, Function<List<StreamPiece>, CompletableFuture<Boolean>> write) {
        return run.ask(
                call,
                () -> { // under the run's lock, so that no other thread takes later pieces first
                    CompletableFuture<Void> ahead = run.stream.ahead();
                    return ahead == null
                            ? take(run, write)
                            : ahead.thenCompose(then -> Futures.ask(() -> with(run, call, write)));
                });
    }

    private CompletableFuture<Boolean> take(Run run, Function<List<StreamPiece>, CompletableFuture<Boolean>> write) {
        List<StreamPiece> batch = run.stream.take();
        CompletableFuture<Boolean> answer = Futures.ask(() -> write.apply(batch));
        return batch.isEmpty() ? answer : answer.whenComplete((kept, fault) -> heard(run, batch, kept, fault));
    }

    /** Completes when all emitted pieces are stored, except those in flight, which precede all later changes. */
    CompletableFuture<Boolean> settle(Run run, String call) {
        return with(
                run,
                call,
                pieces -> pieces.isEmpty()
                        ? CompletableFuture.completedFuture(true)
                        : store.emit(run.assignment, pieces));
    }

    private void store(Run run, List<StreamPiece> batch) {
        Futures.ask(() -> store.emit(run.assignment, List.copyOf(batch)))
                .whenComplete((kept, fault) -> heard(run, batch, kept, fault));
    }

    private void heard(Run run, List<StreamPiece> batch, @Nullable Boolean kept, @Nullable Throwable fault) {
        if (fault != null) {
            refused(run, batch, Futures.cause(fault));
        } else if (Boolean.TRUE.equals(kept)) {
            run.stream.arrived();
            run.stream.send(next -> store(run, next));
        } else {
            run.stream.fail(run.lost("emitted text"));
        }
    }

    /** Keeps refused pieces, so that the store gets them with the next pieces. */
    private void refused(Run run, List<StreamPiece> batch, Throwable fault) {
        if (fault instanceof QuotaException full) {
            run.stream.fail(new PermanentException(String.valueOf(full.getMessage()), full));
            return;
        }
        String why = "cannot store the run's emitted text: " + fault.getMessage();
        if (!run.stream.refused(batch, new StoreException(why, fault))) {
            LOG.warn("Stream of job {} ended in run {}: {}", run.id(), run.number(), why);
        }
    }
}
