// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.settings.api.FailureLog;
import io.jobyard.settings.api.LoopThread;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thread for the {@link MaintenanceTasks} of the leader. It sleeps until a commit or the time requires work. */
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
    private final LoopThread loop = new LoopThread("jobyard-scheduler-1", "The scheduler has to wait", this::round);
    private final Set<Chore> asked = EnumSet.noneOf(Chore.class);
    private final Map<Chore, FailureLog> failures = new EnumMap<>(Chore.class); // used only by the thread
    private @Nullable Instant nextDue;
    private long lastPoll = System.nanoTime(); // monotonic, so that polls continue while the wall clock is set back
    private boolean leader;
    private Set<UUID> living = Set.of();

    MaintenanceLoop(JobStore jobs, MaintenanceTasks chores, Clock clock, Supplier<Duration> pollInterval) {
        this.jobs = jobs;
        this.chores = chores;
        this.clock = clock;
        this.pollInterval = pollInterval;
    }

    void start() {
        loop.start();
    }

    /** Stops after the current slice. If the store does not answer, the thread ends later with the store. */
    void stop() {
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("The store does not answer; the next start does the remaining work");
        }
    }

    void opened() {
        call(() -> asked.addAll(EnumSet.allOf(Chore.class)));
    }

    /**
     * Sets the current hosts. Only the leader does maintenance, and a new leader begins with all tasks. Runs of an ended host are requeued
     * immediately.
     */
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

    private Duration round() {
        askWhenTime();
        for (Chore chore : Chore.values()) {
            if (begin(chore)) {
                doSlice(chore);
            }
        }
        return untilNext();
    }

    private void doSlice(Chore chore) {
        boolean again = true;
        try {
            again = switch (chore) {
                case RECOVER -> chores.recover();
                case RELEASE -> chores.release();
                case DUE -> due();
                case UNKNOWN_TYPES -> chores.failUnknownTypes();
            };
            chore(chore).worked();
        } catch (RuntimeException | Error e) { // the other tasks continue
            chore(chore).failed(e);
            loop.pause(PAUSE_AFTER_FAULT);
        }
        if (again) {
            call(() -> asked.add(chore));
        }
    }

    private FailureLog chore(Chore chore) {
        return failures.computeIfAbsent(chore, failing -> new FailureLog("Maintenance task failed: " + failing));
    }

    private boolean due() {
        call(() -> nextDue = null);
        boolean more = chores.due();
        jobs.nextDue().ifPresent(due -> call(() -> nextDue = Placement.earlier(due, nextDue)));
        return more;
    }

    /** Requests all tasks after each poll interval, however busy the loop is. */
    private synchronized void askWhenTime() {
        if (untilPoll().isNegative()) {
            lastPoll = System.nanoTime();
            asked.addAll(EnumSet.allOf(Chore.class));
        } else if (nextDue != null && !clock.instant().isBefore(nextDue)) {
            asked.add(Chore.DUE);
        }
    }

    private synchronized Duration untilNext() {
        if (!leader) {
            return LoopThread.UNTIL_WOKEN;
        }
        if (!asked.isEmpty()) {
            return Duration.ZERO;
        }
        Duration untilPoll = untilPoll();
        Duration untilDue = nextDue == null ? untilPoll : Duration.between(clock.instant(), nextDue);
        return untilDue.compareTo(untilPoll) < 0 ? untilDue : untilPoll; // a job may be due only in thousands of years
    }

    private Duration untilPoll() {
        return pollInterval.get().minusNanos(System.nanoTime() - lastPoll);
    }

    private synchronized boolean begin(Chore chore) {
        return leader && !loop.isStopped() && asked.remove(chore);
    }

    private void call(Runnable change) {
        synchronized (this) {
            change.run();
        }
        loop.wake();
    }
}
