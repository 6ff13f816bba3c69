// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.scheduler.MaintenanceTasks;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults stop, the handlers come, time goes on: now every job must end, and the books must be right. */
final class Settling {

    /** Rounds in which only time went on, by a lease or more. */
    private static final int MOST_IDLE = 10;

    private static final Duration LEASE = Duration.ofNanos(HostLease.LIFE);

    private static final int MOST_SLICES = 1_000;

    private final World world;
    private final Database rows;
    private final Workers workers;
    private final DurableHandlers handlers;

    Settling(World world) {
        this.world = world;
        this.rows = world.database;
        Workload workload = new Workload(world);
        this.workers = new Workers(world, workload);
        this.handlers = new DurableHandlers(world, workload, workers);
    }

    void run() {
        world.tell(() -> "the faults stop");
        Map<String, Object> grace = new HashMap<>(world.schedulerSettings);
        grace.put("handler.grace.seconds", 60);
        world.schedulerSettings = grace;
        for (SimulatedHost host : world.hosts) {
            host.settings.update(grace);
            host.stillUntil = 0;
            host.cutOffUntil = 0;
            host.leaves = false;
            Handlers.TYPES.stream()
                    .filter(type -> !type.equals("ghost") || isServed(type))
                    .forEach(type -> List.of("1.0.0", "2.0.0").forEach(version -> host.handlers.come(type, version)));
            host.offer();
            host.order.changed();
        }
        // Markers alone may be left when all jobs have ended: a leader that was killed holds its lease, and only time
        // ends it.
        for (int idle = 0; unfinished().isPresent() || !rows.markers.rows().isEmpty(); ) {
            if (round()) {
                idle = 0;
            } else if (timeGoesOn().compareTo(LEASE) >= 0) {
                idle++;
            }
            if (idle > MOST_IDLE) {
                throw unfinished()
                        .map(stuck -> new Violation(stuck.id(), "never ends: " + stuck.now))
                        .orElseGet(() -> new Violation(null, "release markers are left"));
            }
        }
        settle();
        world.raise();
        world.hosts.forEach(this::check);
        world.life.fates().forEach(this::check);
    }

    /** Whether anything but the clock moved. */
    private boolean round() {
        long before = world.life.commits();
        settle();
        for (SimulatedHost host : List.copyOf(world.hosts)) {
            world.act(host, () -> {
                workers.fetch(host);
                List.copyOf(host.runs).forEach(run -> goesOn(run, host));
            });
        }
        settle();
        for (SimulatedHost host : List.copyOf(world.hosts)) {
            if (host.lostAnOutcome) {
                world.kill(host, "has lost an outcome");
                continue;
            }
            world.act(host, () -> host.claim(host.room()).forEach(run -> workers.got(host, run)));
        }
        settle();
        for (SimulatedHost host : List.copyOf(world.hosts)) {
            world.act(host, () -> {
                workers.fetch(host);
                host.runs.stream().filter(run -> !run.begun).forEach(run -> workers.begin(run, host));
            });
        }
        return world.life.commits() > before;
    }

    /** To its end, or to its next wait. */
    private void goesOn(SimulatedHost.Run run, SimulatedHost host) {
        while (world.durable && DurableHandlers.mayCall(run)) {
            handlers.call(run, host);
            rest();
        }
        if (run.offers == 0 || !world.durable) {
            workers.offer(run, host, new Outcome.Completed("{}"));
        }
    }

    /**
     * To what is due next, but for a lease first. Until the lease of a killed leader ends, many jobs can become due and
     * none moves.
     */
    private Duration timeGoesOn() {
        Instant now = world.clock.instant();
        Duration due = rows.jobs.rows().values().stream()
                .map(job -> job.dueAt())
                .filter(at -> at != null && at.isAfter(now))
                .min(Instant::compareTo)
                .map(at -> Duration.between(now, at))
                .orElse(Duration.ofHours(6));
        Duration step = isAnyLost() && due.compareTo(LEASE) > 0 ? LEASE : due;
        world.passTime(step);
        return step;
    }

    private boolean isAnyLost() {
        return rows.lives.rows().values().stream()
                .anyMatch(life ->
                        !life.hasEnded() && world.hosts.stream().noneMatch(host -> host.number == life.number()));
    }

    private void settle() {
        boolean more = true;
        for (int slice = 0; more; slice++) {
            Violation.unless(slice < MOST_SLICES, null, "a chore always asks to be called again");
            more = false;
            for (SimulatedHost host : List.copyOf(world.hosts)) {
                boolean[] again = new boolean[1];
                world.act(host, () -> again[0] = keepsHouse(host));
                more |= again[0];
                rest();
            }
        }
    }

    private boolean keepsHouse(SimulatedHost host) {
        host.lease.look();
        host.committer.between(host.committer::follow);
        rest();
        MaintenanceTasks chores = host.scheduler.chores();
        return host.isLeader() && (chores.recover() | chores.release() | chores.due() | chores.failUnknownTypes());
    }

    /** Until nobody has anything on its way. */
    private void rest() {
        boolean more = true;
        while (more) {
            world.raise();
            more = false;
            for (SimulatedHost host : List.copyOf(world.hosts)) {
                Optional<Runnable> reading = Optional.ofNullable(host.readings.poll());
                reading.ifPresent(Runnable::run);
                more |= host.committer.advance() | reading.isPresent();
            }
        }
    }

    private boolean isServed(String type) {
        return rows.servedTypes.get(type) != null || world.isServed(type);
    }

    private Optional<Fate> unfinished() {
        return world.life.fates().stream()
                .filter(fate -> !fate.status().isFinished())
                .findFirst();
    }

    private void check(SimulatedHost host) {
        host.order.checkCounts(host.queue.lanes());
        Violation.unless(host.queue.lanes().all().isEmpty(), null, () -> "lanes are left on " + host);
        host.queue
                .overview()
                .queues()
                .forEach(queue -> Violation.unless(
                        queue.jobs().running() == 0, null, () -> "places are taken on " + host + ": " + queue));
    }

    private void check(Fate fate) {
        Violation.unless(
                fate.now.equals(rows.jobs.get(fate.id())),
                fate.id(),
                () -> "the store has " + rows.jobs.get(fate.id()));
        Violation.unless(fate.now.dueAt() == null, fate.id(), "a timer is left");
        Violation.unless(fate.edges.isEmpty(), fate.id(), () -> "dependencies are left: " + fate.edges);
        checkHistory(fate, rows.histories.get(fate.id()));
    }

    private static void checkHistory(Fate fate, List<HistoryEvent> history) {
        Violation.unless(history.size() == fate.events, fate.id(), () -> "history has gaps: " + history);
        JobStatus at = null;
        int run = 0;
        for (HistoryEvent event : history) {
            Violation.unless(event.from() == at, fate.id(), () -> "history jumps: " + history);
            int rise = event.to() == JobStatus.RUNNING && at == JobStatus.QUEUED ? 1 : 0;
            Violation.unless(
                    event.run().number() == run + rise, fate.id(), () -> "history counts runs wrongly: " + history);
            at = event.to();
            run = event.run().number();
        }
        Violation.unless(at == fate.status(), fate.id(), () -> "history ends elsewhere: " + history);
    }
}
