// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.StoreException;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.store.GroupChangedException;
import io.jobyard.spi.store.KeyTakenException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store's writing thread, taken apart: send the changes, commit, perhaps ask what became of it, answer who submitted, tell the listeners
 * what all hosts have committed by then, answer the others. Between any two of these other steps are taken, the host ends, or it stands
 * still.
 */
final class Committer {

    /** One change on its way. */
    private static final class Change<T> {
        private final Function<SimulatedTransaction, T> work;
        private final boolean isAdmission;
        private final PendingAnswer<T> answer;
        private @Nullable T value;

        Change(Function<SimulatedTransaction, T> work, boolean isAdmission, PendingAnswer<T> answer) {
            this.work = work;
            this.isAdmission = isAdmission;
            this.answer = answer;
        }

        void apply(SimulatedTransaction transaction) {
            value = work.apply(transaction);
        }

        void answer() {
            answer.complete(value);
        }
    }

    private final World world;
    private final SimulatedHost host;
    private final FeedReader reader;
    private final Deque<Change<?>> urgent = new ArrayDeque<>();
    private final Deque<Change<?>> admissions = new ArrayDeque<>();
    private final Deque<Runnable> betweenCommits = new ArrayDeque<>();
    private final Deque<Change<?>> answeredFirst = new ArrayDeque<>();
    private final Deque<Change<?>> unanswered = new ArrayDeque<>();
    /** What is sent, or to be sent again. */
    private List<Change<?>> batch = new ArrayList<>();

    private @Nullable SimulatedTransaction open;
    private long openSince;
    private List<Committed> sent = List.of();
    private FeedReader.News followed = FeedReader.News.NOTHING;
    private boolean doubtful;
    private boolean untold;
    /** The runs that began in the latest transaction, with their admissions. */
    private List<Assignment> begun = List.of();
    /** These are stored, and their workers have not heard of them. */
    private boolean unsettled;

    private boolean singly;
    private long number;

    Committer(World world, SimulatedHost host, FeedReader reader) {
        this.world = world;
        this.host = host;
        this.reader = reader;
    }

    <T> CompletableFuture<T> move(Function<SimulatedTransaction, T> work) {
        return put(urgent, work, false);
    }

    <T> CompletableFuture<T> admit(Function<SimulatedTransaction, T> work) {
        return put(admissions, work, true);
    }

    private <T> CompletableFuture<T> put(
            Deque<Change<?>> where, Function<SimulatedTransaction, T> work, boolean isAdmission) {
        PendingAnswer<T> answer = new PendingAnswer<>(() -> world.meanwhile(host));
        where.add(new Change<>(work, isAdmission, answer));
        return answer;
    }

    /** Has that done between two commits. */
    void between(Runnable step) {
        betweenCommits.add(step);
    }

    boolean isIdle() {
        return urgent.isEmpty() && admissions.isEmpty() && betweenCommits.isEmpty() && batch.isEmpty() && !isTelling();
    }

    private boolean isTelling() {
        return untold || unsettled || !answeredFirst.isEmpty() || !unanswered.isEmpty();
    }

    /** Whether there are changes of which the listeners have not heard. */
    boolean isUntold() {
        return untold || doubtful || reader.isBehind();
    }

    /** Does the next of its steps; false if there is none, or it has to wait. */
    boolean advance() {
        if (world.isHeld(host) || isIdle()) {
            return false;
        }
        if (world.mayEnd(host)) {
            return true;
        }
        try {
            return next();
        } catch (OpenTransaction.Blocked e) {
            return false;
        } catch (Fenced e) {
            world.kill(host, "is fenced");
            return true;
        }
    }

    private boolean next() {
        if (!answeredFirst.isEmpty()) {
            answeredFirst.remove().answer();
        } else if (untold) {
            untold = false;
            tell();
        } else if (unsettled) {
            settleStarts(begun);
        } else if (!unanswered.isEmpty()) {
            unanswered.remove().answer();
        } else if (doubtful) {
            settle();
        } else if (open != null && world.chance(world.knobs.slow())) {
            world.mayStand(host);
        } else if (open != null) {
            commit(open);
        } else if (batch.isEmpty() && !betweenCommits.isEmpty()) {
            betweenCommits.remove().run();
        } else {
            send();
        }
        return true;
    }

    /** Tells what was committed here, and elsewhere by then. */
    private void tell() {
        if (world.fault == SeededFault.OWN_BEFORE_OTHERS) {
            host.heard(sent, List.of());
            sent = List.of();
        }
        host.heard(followed.changes().with(sent), followed.others());
        sent = List.of();
        followed = FeedReader.News.NOTHING;
    }

    /** Between two commits. */
    void follow() {
        FeedReader.News news = reader.read();
        reader.taken(news);
        host.heard(news.changes().with(List.of()), news.others());
    }

    private void send() {
        if (batch.isEmpty()) {
            int room = singly ? 1 : 1 + world.random.nextInt(world.knobs.batch());
            singly = false;
            take(urgent, room);
            take(admissions, room - batch.size());
        }
        settleStarts(List.of());
        SimulatedTransaction transaction = new SimulatedTransaction(world, host.number, host.lease);
        try {
            batch.forEach(change -> change.apply(transaction));
            sent = transaction.finish(number + 1);
            begun = transaction.begun();
            followed = reader.read();
            open = transaction;
            openSince = world.nanos;
        } catch (OpenTransaction.Blocked | Fenced e) {
            transaction.session.rollBack();
            throw e;
        } catch (StoreException | KeyTakenException | GroupChangedException e) {
            transaction.session.rollBack();
            refused(e);
        }
    }

    private void take(Deque<Change<?>> from, int room) {
        while (batch.size() < room && !from.isEmpty()) {
            batch.add(from.remove());
        }
    }

    /** Of several each is tried alone. */
    private void refused(RuntimeException why) {
        settleStarts(List.of());
        List<Change<?>> failed = batch;
        batch = new ArrayList<>();
        if (failed.size() == 1) {
            failed.get(0).answer.completeExceptionally(why);
            return;
        }
        for (int n = failed.size() - 1; n >= 0; n--) {
            Change<?> change = failed.get(n);
            (change.isAdmission ? admissions : urgent).addFirst(change);
        }
        singly = true;
    }

    private void commit(SimulatedTransaction transaction) {
        if (transaction.session.isOpen()) {
            transaction.session.commit();
            doubtful = world.inThousand(world.knobs.lostAnswers());
        } else {
            doubtful = true;
        }
        open = null;
        if (!doubtful) {
            stored();
        }
    }

    /** Whether the feed goes as far as was written. */
    private void settle() {
        doubtful = false;
        if (world.database.hasEnded(host.incarnation)) {
            throw new Fenced();
        }
        boolean isStored = world.database.feed.get(new FeedRow.Key(host.number, number + 1)) != null;
        if (isStored && world.fault != SeededFault.LOST_ANSWER_IS_A_NO) {
            stored();
            return;
        }
        sent = List.of();
        settleStarts(List.of());
        batch.stream()
                .filter(change -> change.isAdmission)
                .forEach(change -> change.answer.completeExceptionally(new StoreException("nothing was stored", null)));
        batch.removeIf(change -> change.isAdmission);
    }

    private void stored() {
        number++;
        reader.taken(followed);
        batch.forEach(change -> (change.isAdmission ? answeredFirst : unanswered).add(change));
        batch = new ArrayList<>();
        untold = true;
        unsettled = true;
    }

    private void settleStarts(List<Assignment> stored) {
        unsettled = false;
        begun = List.of();
        host.settleStarts(stored);
    }

    /** The database ends a session that has rested in a transaction for too long. */
    void expire() {
        if (open != null && open.session.isOpen() && world.nanos - openSince > HostLease.SESSION) {
            open.session.rollBack();
        }
    }

    /** With the host: the database sees its connection break. */
    void end() {
        if (open != null && open.session.isOpen()) {
            open.session.rollBack();
        }
    }
}
