// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.StepKind;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.Futures;
import io.jobyard.api.spi.working.StoredStep;
import io.jobyard.api.spi.working.WorkStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Stores steps and waits of a run before it goes on. They are handed to the store while the run has no outcome, so that they are always
 * ahead of it. Safe for use by several threads.
 */
final class StepKeeper {

    private final Run run;
    private final WorkStore store;
    private final RunUses uses;
    private final Clock clock;

    StepKeeper(Run run, WorkStore store, RunUses uses, Clock clock) {
        this.run = run;
        this.store = store;
        this.uses = uses;
        this.clock = clock;
    }

    /** As exact as the store keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Stores a step that is done, or a wait that is new, and with it all that the run has used. */
    void keep(StoredStep step) {
        await(step, () -> uses.with(run, used -> store.keep(run.assignment, List.of(step), used)));
    }

    /** Stores the end of a wait. */
    void end(StoredStep wait) {
        await(wait, () -> store.end(run.assignment, wait));
    }

    private void await(StoredStep step, Supplier<CompletableFuture<Boolean>> write) {
        boolean isKept;
        try {
            isKept = run.signs.during(() -> Futures.join(Futures.ask(() -> run.ask(name(step), write))));
        } catch (StoreException e) {
            String again = step.kind() == StepKind.STEP ? ": the next run does its work again" : "";
            throw new StoreException(name(step) + " could not be stored" + again + "; " + e.getMessage(), e);
        }
        if (!isKept) {
            throw run.lost(name(step));
        }
    }

    static String name(StoredStep step) {
        return step.kind() == StepKind.STEP ? "step '" + step.name() + "'" : "the wait '" + step.name() + "'";
    }
}
