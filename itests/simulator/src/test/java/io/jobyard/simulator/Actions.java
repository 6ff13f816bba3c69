// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The steps that somebody may take: users, the host's threads, time. */
final class Actions {

    private final World world;
    private final Workload workload;
    private final Workers workers;
    private final HostActions hosts;
    private final DurableActions durable;
    /** A reading for an outcome is at work: what is thrown there, its future would swallow. */
    boolean reading;

    Actions(World world) {
        this.world = world;
        this.workload = new Workload(world);
        this.workers = new Workers(world, workload);
        this.hosts = new HostActions(world, workload, workers);
        this.durable = new DurableActions(world, this, workload, workers);
    }

    /** One of that host, or around it. */
    void any(SimulatedHost host) {
        int dice = world.random.nextInt(100);
        world.trace.count(dice);
        if (world.chance(20)) {
            hosts.any(host);
            return;
        }
        if (world.durable && world.chance(50)) {
            durable.any(host);
            return;
        }
        if (dice < 12) {
            submit(host, workload.one());
        } else if (dice < 18) {
            submit(host, workload.batch());
        } else if (dice < 32) {
            claim(host);
        } else if (dice < 50) {
            workers.work(host);
        } else if (dice < 54) {
            victim(host).forEach(id -> cancel(host, id));
        } else if (dice < 57) {
            workload.somebody().forEach(id -> retry(host, id));
        } else if (dice < 60) {
            workload.somebody().forEach(id -> change(host, id));
        } else if (dice < 61) {
            workload.somebody().forEach(id -> hold(host, id));
        } else if (dice < 76) {
            keepHouse(host);
        } else if (dice < 90) {
            read(host);
            host.committer.advance();
        } else if (dice < 95) {
            passTime();
        } else if (dice < 98) {
            handlers(host);
        } else {
            configure();
        }
    }

    private void submit(SimulatedHost host, List<JobSpecification> asked) {
        String submitter = workload.submitter();
        long since = world.life.commits();
        attempt("submit " + asked.size(), () -> {
            List<Submission> answers = host.jobs(submitter).submitAll(asked);
            world.life.acknowledged(submitter, asked, answers, since);
            return answers;
        });
    }

    void claim(SimulatedHost host) {
        int free = host.room();
        if (host.claiming || free <= 0 && !(host.isLeader() && !host.isAlone())) {
            return;
        }
        host.claiming = true;
        try {
            attempt("claim", () -> {
                host.claim(free == 0 ? 0 : 1 + world.random.nextInt(free)).forEach(run -> workers.got(host, run));
                return host.runs.size();
            });
        } finally {
            host.claiming = false;
        }
    }

    private void cancel(SimulatedHost host, JobId id) {
        attempt("cancel " + id, () -> host.jobs("oscar").cancel(id).status());
    }

    /** Often one that runs: its outcome may be on its way. */
    private List<JobId> victim(SimulatedHost host) {
        List<SimulatedHost.Run> runs = workload.one(world.hosts).runs;
        return runs.isEmpty() || world.chance(40)
                ? workload.somebody()
                : List.of(runs.get(0).assignment.stored().id());
    }

    private void retry(SimulatedHost host, JobId id) {
        if (world.chance(60)) {
            attempt("retry " + id, () -> host.jobs("oscar").retry(id).status());
        } else {
            attempt(
                    "retry with dependents " + id,
                    () -> host.jobs("oscar").retryWithDependents(id).dependents());
        }
    }

    private void change(SimulatedHost host, JobId id) {
        JobChange change = workload.change();
        attempt("change " + id, () -> host.jobs("oscar").change(id, change).terms());
    }

    /** Pauses a job for a while, or ends that. */
    private void hold(SimulatedHost host, JobId id) {
        if (world.chance(70)) {
            Instant until = world.clock.instant().plus(workload.time()).plusMillis(1);
            attempt(
                    "pause " + id + " until " + until,
                    () -> host.jobs("oscar").pauseJob(id, null, until).status());
        } else {
            attempt("resume " + id, () -> host.jobs("oscar").resumeJob(id).status());
        }
    }

    private void keepHouse(SimulatedHost host) {
        if (host.keeping || !host.isLeader()) {
            return;
        }
        host.keeping = true;
        try {
            switch (world.random.nextInt(7)) {
                case 0, 1 -> chore("recover", host.scheduler.chores()::recover);
                case 2, 3 -> chore("release", host.scheduler.chores()::release);
                case 4, 5 -> chore("due", host.scheduler.chores()::due);
                default -> chore("fail unknown types", host.scheduler.chores()::failUnknownTypes);
            }
        } finally {
            host.keeping = false;
        }
    }

    private void chore(String name, BooleanSupplier chore) {
        attempt(name, chore::getAsBoolean);
    }

    private void read(SimulatedHost host) {
        Runnable next = host.readings.poll();
        if (next != null) {
            reading = true;
            try {
                next.run();
            } finally {
                reading = false;
            }
        }
    }

    private void passTime() {
        boolean back = world.knobs.clockTurnsBack() && world.chance(20);
        Duration by = back ? workload.time().negated() : workload.time();
        world.passTime(by);
    }

    private void handlers(SimulatedHost host) {
        String type = workload.one(Handlers.TYPES.subList(0, world.chance(5) ? 4 : 3));
        String version = world.chance(70) ? "1.0.0" : "2.0.0";
        boolean comes = world.chance(65);
        world.tell(() -> "handler " + type + " " + version + (comes ? " comes to " : " goes from ") + host.position);
        if (comes ? host.handlers.come(type, version) : host.handlers.go(type, version)) {
            host.order.changed();
            host.queue.claims().wake();
            host.offer();
        }
    }

    private void configure() {
        world.tell(() -> "settings change");
        if (world.chance(60)) {
            world.queueSettings = Knobs.queue(world.random);
            world.hosts.forEach(host -> {
                host.queueSettings.update(world.queueSettings);
                host.order.configured(world.queueSettings);
            });
        } else {
            world.schedulerSettings = Knobs.scheduler(world.random);
            world.hosts.forEach(host -> host.settings.update(world.schedulerSettings));
        }
    }

    /** Does it; what a user may be told is no violation. */
    <T> void attempt(String what, Supplier<T> action) {
        world.tell(() -> what);
        try {
            T answer = action.get();
            world.tell(() -> what + " answers " + answer);
        } catch (StoreException | QuotaException | StateConflictException | ValidationException e) {
            world.tell(() -> what + " is refused: " + e.getMessage());
        }
    }
}
