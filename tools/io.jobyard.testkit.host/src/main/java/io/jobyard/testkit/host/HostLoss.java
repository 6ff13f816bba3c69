// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.StepKind;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.working.StoredStep;
import io.jobyard.api.spi.working.WorkStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a host, as by kill -9, at a commit that a test has chosen: from then on it stores nothing, and its handlers get no further.
 * Safe for use by several threads.
 */
final class HostLoss {

    /** On which side of a commit it comes. */
    enum Side {
        BEFORE,
        AFTER
    }

    private final Points<Side> commits;
    private final Runnable closing;
    private volatile boolean hasCome;

    /** {@code closing} has the store take nothing more. */
    HostLoss(Points<Side> commits, Runnable closing) {
        this.commits = commits;
        this.closing = closing;
    }

    boolean hasCome() {
        return hasCome;
    }

    /** Ends who works for a host that is lost. */
    void refuse() {
        if (hasCome) {
            throw new HostLostError();
        }
    }

    /** Stores the end of a run, unless the host is lost before. */
    CompletableFuture<Boolean> end(Assignment run, Outcome outcome, Supplier<CompletableFuture<Boolean>> store) {
        String end = "the end of run " + run.stored().run();
        try {
            Side side = next(run, outcome instanceof Outcome.Waits waits ? end + ", at " + name(waits.on()) : end);
            return stored(side, store.get());
        } catch (HostLostError e) {
            return CompletableFuture.completedFuture(false);
        }
    }

    /** The same store; what runs store of their steps and waits are commits at which the host may be lost. */
    WorkStore steps(WorkStore store) {
        return ServiceCall.around(WorkStore.class, store, call -> switch (call.name()) {
            case "keep" -> commit(call, name((StoredStep) ((List<?>) call.argument(1)).get(0)));
            case "end" -> commit(call, "the end of " + name((StoredStep) call.argument(1)));
            case "admit" -> commit(call, name((StoredStep) call.argument(1)));
            default -> unlessLost(call, false);
        });
    }

    /** The same store, which drops what a host that is lost still tells. */
    <T> T notes(Class<T> type, T store) {
        return ServiceCall.around(type, store, call -> unlessLost(call, null));
    }

    private @Nullable Object unlessLost(ServiceCall call, @Nullable Boolean answer) throws Throwable {
        boolean isChange = call.method().getReturnType() == CompletableFuture.class;
        return hasCome && isChange ? CompletableFuture.completedFuture(answer) : call.proceed();
    }

    @SuppressWarnings("unchecked") // so is the answer of each of them
    private CompletableFuture<Boolean> commit(ServiceCall call, String what) throws Throwable {
        Side side = next((Assignment) call.argument(0), what);
        return stored(side, (CompletableFuture<Boolean>) call.proceed());
    }

    private @Nullable Side next(Assignment run, String commit) {
        refuse();
        Side side = commits.pass(run.stored().job().type(), commit).orElse(null);
        if (side == Side.BEFORE) {
            throw lost();
        }
        return side;
    }

    private CompletableFuture<Boolean> stored(@Nullable Side side, CompletableFuture<Boolean> stored) {
        if (side == null) {
            return stored;
        } else if (stored.isDone()) {
            throw lost();
        }
        return stored.thenApply(
                done -> { // another thread is storing it
                    throw lost();
                });
    }

    private HostLostError lost() {
        hasCome = true;
        closing.run();
        return new HostLostError();
    }

    private static String name(StoredStep step) {
        return (step.kind() == StepKind.STEP ? "step '" : "wait '") + step.name() + "'";
    }
}
