// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.testkit.InMemoryStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loss of a host, as with {@code kill -9}, at a commit that a test has chosen. From then on, the host stores nothing
 * and its handlers cannot continue. Safe for use by several threads.
 */
final class HostLoss {

    /** Side of the commit on which the loss occurs. */
    enum Side {
        BEFORE,
        AFTER
    }

    private final Points<Side> commits;
    private final RunNotes notes;
    private final InMemoryStore store;
    private final Runnable closing;
    private final HeldEmits held = new HeldEmits();
    private volatile String when = "";
    private volatile boolean hasCome;

    /** {@code closing} stops the store. */
    HostLoss(Points<Side> commits, RunNotes notes, InMemoryStore store, Runnable closing) {
        this.commits = commits;
        this.notes = notes;
        this.store = store;
        this.closing = closing;
    }

    /** Stores the pieces that were emitted since the store became slow, before the commit with the loss. */
    void takeEmits() {
        held.release();
    }

    boolean hasCome() {
        return hasCome;
    }

    /** Ends a thread that works for a lost host. */
    void refuse() {
        if (hasCome) {
            throw new HostLostError(when);
        }
    }

    /** Stores the end of a run, unless the host is lost before. */
    CompletableFuture<Boolean> end(Assignment run, Outcome outcome, Supplier<CompletableFuture<Boolean>> store) {
        String end = "the end of run " + run.stored().run();
        try {
            SentOutput told = notes.output(run.stored().id());
            Side side = next(run, outcome instanceof Outcome.WaitsFor waits ? end + ", at " + name(waits.on()) : end);
            return stored(side, told, store.get());
        } catch (HostLostError e) {
            return CompletableFuture.completedFuture(false);
        }
    }

    /** Wraps the store. The host may be lost at each commit of steps and waits. */
    WorkStore steps(WorkStore store) {
        return ServiceCall.around(WorkStore.class, store, call -> switch (call.name()) {
            case "keep" -> commit(call, name((StoredStep) ((List<?>) call.argument(1)).get(0)));
            case "end" -> commit(call, "the end of " + name((StoredStep) call.argument(1)));
            case "admit" -> commit(call, name((StoredStep) call.argument(1)));
            case "emit" -> commits.isNext() ? held.hold(() -> emit(call)) : emit(call);
            default -> unlessLost(call, false);
        });
    }

    /** Wraps the store, which then ignores calls of a lost host. */
    <T> T notes(Class<T> type, T store) {
        return ServiceCall.around(type, store, call -> unlessLost(call, null));
    }

    private @Nullable Object unlessLost(ServiceCall call, @Nullable Boolean answer) throws Throwable {
        boolean isChange = call.method().getReturnType() == CompletableFuture.class;
        return hasCome && isChange ? CompletableFuture.completedFuture(answer) : call.proceed();
    }

    private CompletableFuture<Boolean> emit(ServiceCall call) {
        return hasCome
                ? CompletableFuture.completedFuture(false)
                : store.work().emit((Assignment) call.argument(0), pieces(call.argument(1)));
    }

    @SuppressWarnings("unchecked") // type of the parameter of the store
    private static List<StreamPiece> pieces(Object argument) {
        return (List<StreamPiece>) argument;
    }

    @SuppressWarnings("unchecked") // type of the answer of each such call
    private CompletableFuture<Boolean> commit(ServiceCall call, String what) throws Throwable {
        Assignment run = (Assignment) call.argument(0);
        SentOutput told = notes.output(run.stored().id());
        Side side = next(run, what);
        return stored(side, told, (CompletableFuture<Boolean>) call.proceed());
    }

    private @Nullable Side next(Assignment run, String commit) {
        refuse();
        Side side = commits.pass(run.stored().job().type(), commit).orElse(null);
        if (side != null) {
            when = "right " + (side == Side.BEFORE ? "before " : "after ") + commit + " was stored";
        }
        if (side == Side.BEFORE) {
            throw lost();
        }
        held.release(); // stores earlier pieces first
        return side;
    }

    private CompletableFuture<Boolean> stored(@Nullable Side side, SentOutput told, CompletableFuture<Boolean> stored) {
        if (side == null) {
            return stored;
        } else if (stored.isDone()) {
            throw lostAfter(told);
        }
        return stored.thenApply(
                done -> { // another thread is storing it
                    throw lostAfter(told);
                });
    }

    private HostLostError lostAfter(SentOutput told) {
        HostLostError lost = lost();
        told.missingIn(store).forEach(notes::lost);
        return lost;
    }

    private HostLostError lost() {
        hasCome = true;
        notes.killed(when);
        closing.run();
        held.release(); // the call has no effect
        return new HostLostError(when);
    }

    private static String name(StoredStep step) {
        return (step.kind() == StepKind.STEP ? "step '" : "wait '") + step.name() + "'";
    }
}
