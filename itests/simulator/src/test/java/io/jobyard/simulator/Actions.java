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
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The steps that somebody may take: users, the host's threads, time. */
final class Actions {

    private final World world;
    private final Workload workload;
    private final Workers workers;
    /** A reading for an outcome is at work: what is thrown there, its future would swallow. */
    boolean reading;

    Actions(World world) {
        this.world = world;
        this.workload = new Workload(world);
        this.workers = new Workers(world, workload);
    }

    void any() {
        int dice = world.random.nextInt(100);
        world.trace.count(dice);
        if (dice < 12) {
            submit(workload.one());
        } else if (dice < 18) {
            submit(workload.batch());
        } else if (dice < 32) {
            claim();
        } else if (dice < 50) {
            workers.work();
        } else if (dice < 54) {
            victim().forEach(this::cancel);
        } else if (dice < 57) {
            workload.somebody().forEach(this::retry);
        } else if (dice < 61) {
            workload.somebody().forEach(this::change);
        } else if (dice < 76) {
            keepHouse();
        } else if (dice < 90) {
            read();
            world.host.store.committer().advance();
        } else if (dice < 95) {
            passTime();
        } else if (dice < 98) {
            handlers();
        } else {
            configure();
        }
    }

    private void submit(List<JobSpecification> asked) {
        String submitter = workload.submitter();
        long since = world.life.commits();
        attempt("submit " + asked.size(), () -> {
            List<Submission> answers = world.host.jobs(submitter).submitAll(asked);
            world.life.acknowledged(submitter, asked, answers, since);
            return answers;
        });
    }

    private void claim() {
        Host host = world.host;
        int free = world.knobs.workers() - host.runs.size();
        if (host.claiming || free <= 0) {
            return;
        }
        host.claiming = true;
        try {
            attempt("claim", () -> {
                host.claim(1 + world.random.nextInt(free)).forEach(workers::got);
                return host.runs.size();
            });
        } finally {
            host.claiming = false;
        }
    }

    private void cancel(JobId id) {
        attempt("cancel " + id, () -> world.host.jobs("oscar").cancel(id).status());
    }

    /** Often one that runs: its outcome may be on its way. */
    private List<JobId> victim() {
        List<Host.Run> runs = world.host.runs;
        return runs.isEmpty() || world.chance(40)
                ? workload.somebody()
                : List.of(runs.get(0).assignment.stored().id());
    }

    private void retry(JobId id) {
        if (world.chance(60)) {
            attempt("retry " + id, () -> world.host.jobs("oscar").retry(id).status());
        } else {
            attempt(
                    "retry with dependents " + id,
                    () -> world.host.jobs("oscar").retryWithDependents(id).dependents());
        }
    }

    private void change(JobId id) {
        JobChange change = workload.change();
        attempt(
                "change " + id,
                () -> world.host.jobs("oscar").change(id, change).terms());
    }

    private void keepHouse() {
        Host host = world.host;
        if (host.keeping) {
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

    private void read() {
        Runnable next = world.host.readings.poll();
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
        world.tell(() -> "time passes: " + by);
        world.clock.advance(by);
        world.host.order.changed();
    }

    private void handlers() {
        String type = workload.one(Handlers.TYPES.subList(0, world.chance(5) ? 4 : 3));
        String version = world.chance(70) ? "1.0.0" : "2.0.0";
        boolean comes = world.chance(65);
        world.tell(() -> "handler " + type + " " + version + (comes ? " comes" : " goes"));
        if (comes ? world.handlers.come(type, version) : world.handlers.go(type, version)) {
            world.host.order.changed();
            world.host.queue.wake();
        }
    }

    private void configure() {
        world.tell(() -> "settings change");
        if (world.chance(60)) {
            world.queueSettings = Knobs.queue(world.random);
            world.host.queueSettings.update(world.queueSettings);
            world.host.order.configured(world.queueSettings);
        } else {
            world.schedulerSettings = Knobs.scheduler(world.random);
            world.host.settings.update(world.schedulerSettings);
        }
    }

    /** Does it; what a user may be told is no violation. */
    private <T> void attempt(String what, Supplier<T> action) {
        world.tell(() -> what);
        try {
            T answer = action.get();
            world.tell(() -> what + " answers " + answer);
        } catch (StoreException | QuotaException | StateConflictException | ValidationException e) {
            world.tell(() -> what + " is refused: " + e.getMessage());
        }
    }
}
