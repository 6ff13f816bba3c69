// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store's writing thread, taken apart: commit, answer who submitted, tell the listeners, answer the others. Between any two of these other steps are
 * taken, or the host ends.
 */
final class Committer {

    /** One change on its way. What it does is done at once when it is applied. */
    private static final class Change<T> {
        private final Supplier<CompletableFuture<T>> work;
        private final boolean refused;
        private final PendingAnswer<T> answer;
        private @Nullable CompletableFuture<T> done;

        Change(Supplier<CompletableFuture<T>> work, boolean refused, PendingAnswer<T> answer) {
            this.work = work;
            this.refused = refused;
            this.answer = answer;
        }

        void apply() {
            done = refused
                    ? CompletableFuture.failedFuture(new StoreException("refused by the simulator", null))
                    : work.get();
            Throwable fault = done.handle((value, thrown) -> thrown).join();
            if (fault != null && fault.getCause() instanceof Violation violation) {
                throw violation;
            }
        }

        void answer() {
            try {
                answer.complete(done.join());
            } catch (CompletionException e) {
                answer.completeExceptionally(e.getCause());
            }
        }
    }

    private final World world;
    private final Runnable tellListeners;
    private final Deque<Change<?>> urgent = new ArrayDeque<>();
    private final Deque<Change<?>> admissions = new ArrayDeque<>();
    private final Deque<Change<?>> answeredFirst = new ArrayDeque<>();
    private final Deque<Change<?>> unanswered = new ArrayDeque<>();
    private boolean untold;

    Committer(World world, Runnable tellListeners) {
        this.world = world;
        this.tellListeners = tellListeners;
    }

    <T> CompletableFuture<T> move(Supplier<CompletableFuture<T>> work, boolean refused) {
        return put(urgent, work, refused);
    }

    <T> CompletableFuture<T> admit(Supplier<CompletableFuture<T>> work, boolean refused) {
        return put(admissions, work, refused);
    }

    private <T> CompletableFuture<T> put(Deque<Change<?>> where, Supplier<CompletableFuture<T>> work, boolean refused) {
        PendingAnswer<T> answer = new PendingAnswer<>(world::meanwhile);
        where.add(new Change<>(work, refused, answer));
        return answer;
    }

    boolean isIdle() {
        return urgent.isEmpty() && admissions.isEmpty() && answeredFirst.isEmpty() && unanswered.isEmpty();
    }

    /** Whether there are changes of which the listeners have not heard. */
    boolean isUntold() {
        return untold;
    }

    /** Does the next of its steps. */
    void advance() {
        world.mayCrash();
        if (!answeredFirst.isEmpty()) {
            answeredFirst.remove().answer();
        } else if (untold) {
            untold = false;
            tellListeners.run();
        } else if (!unanswered.isEmpty()) {
            unanswered.remove().answer();
        } else {
            commit();
        }
    }

    private void commit() {
        int room = 1 + world.random.nextInt(world.knobs.batch());
        take(urgent, room, unanswered);
        take(admissions, room - unanswered.size(), answeredFirst);
        unanswered.forEach(Change::apply);
        answeredFirst.forEach(Change::apply);
        untold = !unanswered.isEmpty() || !answeredFirst.isEmpty();
    }

    private static void take(Deque<Change<?>> from, int room, Deque<Change<?>> batch) {
        while (batch.size() < room && !from.isEmpty()) {
            batch.add(from.remove());
        }
    }
}
