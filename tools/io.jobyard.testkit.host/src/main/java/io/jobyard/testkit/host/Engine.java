// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobManager;
import io.jobyard.api.StoreException;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The host in all its lives. Whoever asks it after it was lost begins the next one, once the threads of the last are out, so that nothing
 * moves between two questions but the handlers.
 */
final class Engine {

    private static final Duration WATCH = Duration.ofMillis(20);
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Changes changes = new Changes();
    /** What each life of the host is given. */
    private final List<Consumer<TestIncarnation>> services = new ArrayList<>();

    final TestServices around;
    private volatile TestIncarnation life;
    private int deaths;

    /** With the type of the handler that is tested. */
    Engine(String type) {
        around = new TestServices(type, changes::one);
        life = new TestIncarnation(new InMemoryStore(UUID.randomUUID(), "test"), around, changes);
    }

    SettableClock clock() {
        return around.clock();
    }

    /** A service of each life, such as a handler, which may be made anew for it. */
    synchronized void give(Consumer<TestIncarnation> service) {
        TestIncarnation now = living();
        services.add(service);
        service.accept(now);
    }

    /** As it is, even if it is lost: that is what its own handlers see, and what is read is the same in all lives. */
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

    /** How often the host was lost. */
    synchronized int deaths() {
        living();
        return deaths;
    }

    /** Asks a host that lives, for the test; what a host does not take that is lost meanwhile is for the next life. */
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

    /** Starts what can start, and moves on what is due. */
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

    /** Turns until it is so, or no handler runs and nothing is left to do at this instant. */
    void settle(BooleanSupplier so) {
        if (!settles(so, TIMEOUT)) {
            throw new IllegalStateException("a handler still runs after " + TIMEOUT.toSeconds()
                    + " s: advance the clock beyond its timeout, cancel its job, or let it end"
                    + around.notes().deaths());
        }
    }

    /** The same within a time of the wall clock; false if that is over. */
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

    /** Meanwhile the host looks after its runs: who works without a thread hears of its end by that alone. */
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

    /** Lets time pass; what runs has begun by then, so that its timeout counts all of it. */
    void advance(Duration by) {
        turn();
        awaitBegun();
        clock().advance(by);
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
