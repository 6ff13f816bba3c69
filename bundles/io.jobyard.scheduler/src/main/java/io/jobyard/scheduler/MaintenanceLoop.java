// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobyardException;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.store.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that does the {@link MaintenanceTasks} of the leader: sleeps until a commit gives it something to do, or time does. */
final class MaintenanceLoop {

    private enum Chore {
        RECOVER,
        RELEASE,
        DUE,
        UNKNOWN_TYPES
    }

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceLoop.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final JobStore jobs;
    private final MaintenanceTasks chores;
    private final Clock clock;
    private final Supplier<Duration> pollInterval;
    private final Thread thread = new Thread(this::run, "jobyard-scheduler-1");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private final Set<Chore> asked = EnumSet.noneOf(Chore.class);
    private final Map<Chore, String> told = new EnumMap<>(Chore.class); // the thread's own
    private @Nullable Instant nextDue;
    private long lastPoll = System.nanoTime(); // the safety net must hold also while the wall clock is set back
    private boolean leader;
    private Set<UUID> living = Set.of();
    private boolean stopped;

    MaintenanceLoop(JobStore jobs, MaintenanceTasks chores, Clock clock, Supplier<Duration> pollInterval) {
        this.jobs = jobs;
        this.chores = chores;
        this.clock = clock;
        this.pollInterval = pollInterval;
    }

    void start() {
        thread.start();
    }

    /** Ends after the slice it is at, unless the store does not answer: then the thread ends with the store. */
    void stop() {
        call(() -> stopped = true);
        try {
            thread.join(TIMEOUT.toMillis());
            if (thread.isAlive()) {
                LOG.warn("The store does not answer; the next start does what is left to do");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void opened() {
        call(() -> asked.addAll(EnumSet.allOf(Chore.class)));
    }

    /** The chores are the leader's; whoever becomes it begins with all of them. What an ended host ran is taken back at once. */
    void hosts(Hosts hosts) {
        Set<UUID> now =
                hosts.living().stream().map(HostIncarnation::incarnation).collect(Collectors.toSet());
        call(() -> {
            if (hosts.isLeader() && !leader) {
                asked.addAll(EnumSet.allOf(Chore.class));
            } else if (!now.containsAll(living)) {
                asked.add(Chore.RECOVER);
            }
            leader = hosts.isLeader();
            living = now;
        });
    }

    void committed(List<Committed> changes) {
        boolean release = false;
        Instant earliest = null;
        for (Committed change : changes) {
            release |= change.releases();
            Instant dueAt = change.after().dueAt();
            if (dueAt != null) {
                earliest = Placement.earlier(dueAt, earliest);
            }
        }
        if (release) {
            call(() -> asked.add(Chore.RELEASE));
        }
        if (earliest != null) {
            Instant due = earliest;
            call(() -> nextDue = Placement.earlier(due, nextDue));
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            try {
                more = awaitCall();
                for (Chore chore : Chore.values()) {
                    if (more && begin(chore)) {
                        doSlice(chore);
                    }
                }
            } catch (InterruptedException e) {
                LOG.warn("Somebody interrupted the scheduler; it goes on");
            }
        }
    }

    private void doSlice(Chore chore) throws InterruptedException {
        boolean again = true;
        try {
            again = switch (chore) {
                case RECOVER -> chores.recover();
                case RELEASE -> chores.release();
                case DUE -> due();
                case UNKNOWN_TYPES -> chores.failUnknownTypes();
            };
            told.remove(chore);
        } catch (JobyardException e) {
            tell(chore, String.valueOf(e.getMessage()));
            pause();
        } catch (RuntimeException | Error e) {
            LOG.error("The chore {} failed; trying again", chore, e);
            pause();
        }
        if (again) {
            call(() -> asked.add(chore));
        }
    }

    /** Once, as long as it is the same. */
    private void tell(Chore chore, String why) {
        if (!why.equals(told.put(chore, why))) {
            LOG.warn("{}; trying again", why);
        }
    }

    private boolean due() {
        call(() -> nextDue = null);
        boolean more = chores.due();
        jobs.nextDue().ifPresent(due -> call(() -> nextDue = Placement.earlier(due, nextDue)));
        return more;
    }

    /** Waits until a chore is asked for; at the poll interval all are, however busy. False when it is time to end. */
    private boolean awaitCall() throws InterruptedException {
        lock.lock();
        try {
            while (!stopped && !leader) {
                called.await();
            }
            pollWhenTime();
            while (!stopped && leader && asked.isEmpty()) {
                long wait = untilDue(untilPoll());
                if (wait > 0) {
                    called.awaitNanos(wait);
                } else {
                    asked.add(Chore.DUE);
                }
                pollWhenTime();
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private void pollWhenTime() {
        if (untilPoll() <= 0) {
            lastPoll = System.nanoTime();
            asked.addAll(EnumSet.allOf(Chore.class));
        }
    }

    private long untilPoll() {
        return pollInterval.get().toNanos() - (System.nanoTime() - lastPoll);
    }

    /** Nanoseconds until time moves a job on, at most so many: a job may be due in thousands of years. */
    private long untilDue(long atMost) {
        Instant due = nextDue;
        if (due == null) {
            return atMost;
        }
        Duration until = Duration.between(clock.instant(), due);
        return until.compareTo(Duration.ofNanos(atMost)) < 0 ? until.toNanos() : atMost;
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long left = PAUSE_AFTER_FAULT.toNanos();
            while (!stopped && left > 0) {
                left = called.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean begin(Chore chore) {
        lock.lock();
        try {
            return leader && asked.remove(chore);
        } finally {
            lock.unlock();
        }
    }

    private void call(Runnable change) {
        lock.lock();
        try {
            change.run();
            called.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
