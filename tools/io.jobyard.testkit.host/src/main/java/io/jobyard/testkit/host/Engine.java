// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobManager;
import io.jobyard.api.StoreException;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The host in all its incarnations. After a loss, the next call starts the next incarnation, once the threads of the
 * last have ended. Between two calls, only handlers change the state.
 */
final class Engine {

    private static final Duration WATCH = Duration.ofMillis(20);
    private static final Duration STEP = Duration.ofSeconds(1);
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Changes changes = new Changes();
    /** Services for each incarnation of the host. */
    private final List<Consumer<TestIncarnation>> services = new ArrayList<>();

    final TestServices around;
    private volatile TestIncarnation life;
    private int deaths;

    /** Creates an engine for the type of the tested handler. */
    Engine(String type) {
        around = new TestServices(type, changes::one);
        life = new TestIncarnation(new InMemoryStore(UUID.randomUUID(), "test"), around, changes);
    }

    SettableClock clock() {
        return around.clock();
    }

    /** Adds a service to each incarnation, for example a handler, which may be created again for each. */
    synchronized void give(Consumer<TestIncarnation> service) {
        TestIncarnation now = living();
        services.add(service);
        service.accept(now);
    }

    /**
     * Returns the current incarnation, even if it is lost, because its own handlers see this state. Reads return the
     * same in all incarnations.
     */
    TestIncarnation life() {
        return life;
    }

    private synchronized TestIncarnation living() {
        InMemoryStore next = life.next();
        if (next != null) {
            life.workers.engine.stop();
            TestIncarnation born = new TestIncarnation(next, around, changes);
            services.forEach(service -> service.accept(born));
            life = born;
            deaths++;
        }
        return life;
    }

    /** Returns how often the host was lost. */
    synchronized int deaths() {
        living();
        return deaths;
    }

    /** Asks a live host on behalf of the test. If the host is lost meanwhile, the next incarnation answers. */
    <T> T ask(Function<JobManager, T> question) {
        while (true) {
            TestIncarnation asked = living();
            try {
                return question.apply(asked.jobs);
            } catch (StoreException e) {
                if (!asked.loss.hasCome()) {
                    throw e;
                }
            }
        }
    }

    /** Starts jobs that can start, and processes due times. */
    synchronized void turn() {
        TestIncarnation turned;
        do {
            turned = living();
            try {
                turned.turn();
            } catch (InterruptedException e) {
                throw interrupted();
            } catch (StoreException e) {
                if (!turned.loss.hasCome()) {
                    throw e;
                }
            }
        } while (turned.loss.hasCome());
    }

    /** Repeats turns until the condition is true, or no handler runs and nothing is left to do at this instant. */
    void settle(BooleanSupplier so) {
        if (!settles(so, TIMEOUT)) {
            throw new IllegalStateException("a handler still runs after " + TIMEOUT.toSeconds()
                    + " s: advance the clock beyond its timeout, cancel its job, or let it end"
                    + around.notes().deaths());
        }
    }

    /**
     * Repeats turns like {@link #settle(BooleanSupplier)}, with a timeout in wall clock time. Returns false after the
     * timeout.
     */
    boolean settles(BooleanSupplier so, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            long seen = changes.seen();
            turn();
            if (so.getAsBoolean() || life.workers.isIdle() && seen == changes.seen()) {
                return true;
            }
            if (!awaitChange(seen, deadline)) {
                return false;
            }
        }
    }

    /**
     * Waits for a change. Meanwhile, the host checks its runs, because a handler without a thread learns of its end
     * only this way.
     */
    private boolean awaitChange(long seen, long deadline) {
        while (System.nanoTime() < deadline) {
            life.workers.engine.watch();
            life.loss.takeEmits();
            if (changes.awaitAfter(seen, Math.min(deadline, System.nanoTime() + WATCH.toNanos()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Advances the clock, from each time at which a job or a schedule is due to the next one. The clock moves on when all
     * runs have ended or wait. If a handler waits for the test, the clock waits for it for a second, and only once.
     */
    void advance(Duration by) {
        turn();
        awaitBegun();
        Instant until = clock().instant().plus(by);
        boolean settles = true;
        for (Instant next = living().nextDue(); isDueBy(until, next); next = living().nextDue()) {
            pass(next);
            settles = settles && settles(() -> false, STEP);
        }
        pass(until);
    }

    private boolean isDueBy(Instant until, @Nullable Instant next) {
        return next != null && next.isAfter(clock().instant()) && next.isBefore(until);
    }

    /** Advances the clock to a time. Runs begin before, so that their timeouts include all of the time. */
    private void pass(Instant to) {
        awaitBegun();
        clock().advance(Duration.between(clock().instant(), to));
        living().look();
        turn();
    }

    void awaitBegun() {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!life.workers.allBegun() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000);
        }
    }

    void stop() {
        life.workers.engine.stop();
    }

    static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the test was interrupted");
    }
}
