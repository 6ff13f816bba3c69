// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Outcome;
import io.jobyard.scheduler.Chores;
import io.jobyard.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults stop, the handlers come, time goes on: now every job must end, and the books must be right. */
final class Settling {

    /** Rounds in which only time went on. */
    private static final int MOST_IDLE = 10;

    private static final int MOST_SLICES = 1_000;

    private final World world;
    private final Workers workers;

    Settling(World world) {
        this.world = world;
        this.workers = new Workers(world, new Workload(world));
    }

    void run() {
        world.tell(() -> "the faults stop");
        Map<String, Object> grace = new HashMap<>(world.schedulerSettings);
        grace.put("handler.grace.seconds", 60);
        world.schedulerSettings = grace;
        world.host.settings.update(grace);
        Handlers.TYPES.stream()
                .filter(type -> !type.equals("ghost") || served(type))
                .forEach(type -> List.of("1.0.0", "2.0.0").forEach(version -> world.handlers.come(type, version)));
        world.host.order.changed();
        for (int idle = 0; unfinished().isPresent(); ) {
            idle = round() ? 0 : idle + 1;
            if (idle > MOST_IDLE) {
                Fate stuck = unfinished().orElseThrow();
                throw new Violation(stuck.id(), "never ends: " + stuck.now);
            }
        }
        settle();
        check();
    }

    /** Whether anything but the clock moved. */
    private boolean round() {
        long before = world.life.commits();
        settle();
        if (world.host.lostAnOutcome) {
            world.restart();
        }
        Host host = world.host;
        List.copyOf(host.runs).forEach(run -> workers.offer(run, host, new Outcome.Completed("{}")));
        settle();
        host.claim(world.knobs.workers()).forEach(workers::got);
        host.runs.forEach(run -> {
            run.begun = true;
            world.life.begins(run.assignment);
        });
        boolean moved = world.life.commits() > before;
        if (!moved) {
            Instant now = world.clock.instant();
            Instant due = host.store.nextDue().filter(now::isBefore).orElse(now.plus(Duration.ofHours(6)));
            world.tell(() -> "time goes on to " + due);
            world.clock.set(due);
            host.order.changed();
        }
        return moved;
    }

    private void settle() {
        Host host = world.host;
        Chores chores = host.scheduler.chores();
        boolean more = true;
        for (int slice = 0; more; slice++) {
            Violation.unless(slice < MOST_SLICES, null, "a chore always asks to be called again");
            more = chores.recover() | chores.release() | chores.due();
            more |= chores.failUnknownTypes();
            while (!host.store.committer().isIdle() || !host.readings.isEmpty()) {
                world.raise();
                Optional.ofNullable(host.readings.poll()).ifPresent(Runnable::run);
                host.store.committer().advance();
            }
        }
    }

    private boolean served(String type) {
        return world.host.store.memory().servedTypes().contains(type) || world.handlers.serves(type, null);
    }

    private Optional<Fate> unfinished() {
        return world.life.fates().stream()
                .filter(fate -> !fate.status().isFinal())
                .findFirst();
    }

    private void check() {
        world.raise();
        InMemoryStore memory = world.host.store.memory();
        world.host.order.checkCounts(world.host.queue);
        Violation.unless(world.host.queue.lanes().isEmpty(), null, "lanes are left");
        Violation.unless(memory.releases(1).parents().isEmpty(), null, "release markers are left");
        Violation.unless(memory.nextDue().isEmpty(), null, "timers are left");
        for (Fate fate : world.life.fates()) {
            boolean same = memory.job(fate.id()).filter(fate.now::equals).isPresent();
            Violation.unless(same, fate.id(), () -> "the store has " + memory.job(fate.id()));
            Violation.unless(fate.edges.isEmpty(), fate.id(), () -> "dependencies are left: " + fate.edges);
            checkHistory(fate, memory.history(fate.id()));
        }
    }

    private static void checkHistory(Fate fate, List<HistoryEvent> history) {
        Violation.unless(history.size() == fate.events, fate.id(), () -> "history has gaps: " + history);
        JobStatus at = null;
        int run = 0;
        for (HistoryEvent event : history) {
            Violation.unless(event.from() == at, fate.id(), () -> "history jumps: " + history);
            int rise = event.to() == JobStatus.RUNNING && at == JobStatus.QUEUED ? 1 : 0;
            Violation.unless(event.run() == run + rise, fate.id(), () -> "history counts runs wrongly: " + history);
            at = event.to();
            run = event.run();
        }
        Violation.unless(at == fate.status(), fate.id(), () -> "history ends elsewhere: " + history);
    }
}
