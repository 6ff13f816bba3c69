// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.QuotaException;
import io.jobyard.api.StepKind;
import io.jobyard.api.StoreException;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.Futures;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores steps and waits before the run continues. They always precede the run's outcome, because the store accepts them only while the run
 * has none.
 */
final class StepKeeper {

    private final Run run;
    private final WorkStore store;
    private final RunOutputs outputs;
    private final Clock clock;
    private final Runnable endStream;

    /** @param endStream emits the withheld rest of the stream, which belongs to the step */
    StepKeeper(Run run, WorkStore store, RunOutputs outputs, Clock clock, Runnable endStream) {
        this.run = run;
        this.store = store;
        this.outputs = outputs;
        this.clock = clock;
        this.endStream = endStream;
    }

    /** Returns the current time with the store's precision. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Stores a finished step or a new wait, together with all output of the run so far. */
    void keep(StoredStep step) {
        await(step, () -> written(step));
        if (step.kind() == StepKind.STEP) {
            run.suspension.storedStep();
        }
    }

    /**
     * Stores a finished step like {@link #keep}, without waiting. The future completes on a thread of the store.
     */
    CompletableFuture<Void> keepLater(StoredStep step) {
        endStream.run();
        return run.signs().until(Futures.ask(() -> written(step))).handle((isKept, fault) -> {
            require(step, isKept, fault);
            run.suspension.storedStep();
            return null;
        });
    }

    private CompletableFuture<Boolean> written(StoredStep step) {
        return outputs.with(run, name(step), before -> store.keep(run.assignment, List.of(step), before));
    }

    /** Stores the end of a wait, together with all output of the run so far. */
    void end(StoredStep wait) {
        await(wait, () -> outputs.with(run, name(wait), before -> store.end(run.assignment, wait, before)));
    }

    /** Stores all output of the run so far, before a wait that other code stores. */
    void settle(StoredStep wait) {
        await(wait, () -> outputs.settle(run, name(wait)));
    }

    private void await(StoredStep step, Supplier<CompletableFuture<Boolean>> write) {
        endStream.run();
        Boolean isKept = null;
        Throwable fault = null;
        try {
            isKept = run.signs().during(() -> Futures.join(Futures.ask(write)));
        } catch (RuntimeException e) {
            fault = e;
        }
        require(step, isKept, fault);
    }

    /** Throws the exception for the handler, unless the store has kept the step. */
    private void require(StoredStep step, @Nullable Boolean isKept, @Nullable Throwable fault) {
        Throwable cause = fault == null ? null : Futures.cause(fault);
        if (cause instanceof QuotaException full) {
            throw new PermanentException(String.valueOf(full.getMessage()), full);
        } else if (cause instanceof StoreException e) {
            String again = step.kind() == StepKind.STEP ? "; the next run repeats it" : "";
            throw new StoreException(name(step) + " could not be stored" + again + "; " + e.getMessage(), e);
        } else if (cause != null) {
            throw cause instanceof RuntimeException e ? e : new CompletionException(cause);
        } else if (!Boolean.TRUE.equals(isKept)) {
            throw run.lost(name(step));
        }
    }

    static String name(StoredStep step) {
        return step.kind() == StepKind.STEP ? "step '" + step.name() + "'" : "the wait '" + step.name() + "'";
    }
}
