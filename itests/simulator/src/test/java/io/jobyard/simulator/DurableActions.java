// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.Reason;
import java.util.List;

/** The steps of worlds whose handlers call steps and waits. */
final class DurableActions {

    private final World world;
    private final Actions actions;
    private final Workload workload;
    private final Workers workers;
    private final DurableHandlers handlers;

    DurableActions(World world, Actions actions, Workload workload, Workers workers) {
        this.world = world;
        this.actions = actions;
        this.workload = workload;
        this.workers = workers;
        this.handlers = new DurableHandlers(world, workload, workers);
    }

    void any(SimulatedHost host) {
        int dice = world.random.nextInt(100);
        if (dice < 80) {
            goOn(host);
        } else if (dice < 86) {
            host.left.stream().filter(DurableHandlers::mayCall).findFirst().ifPresent(run -> handlers.call(run, host));
        } else if (dice < 97) {
            somebodyWhoWaits().forEach(id -> signal(host, id));
        } else {
            workload.somebody().forEach(id -> retryFrom(host, id));
        }
    }

    /** A run begins, and makes some of its calls. */
    private void goOn(SimulatedHost host) {
        List<SimulatedHost.Run> able = host.runs.stream()
                .filter(run -> !run.begun && run.offers == 0 || DurableHandlers.mayCall(run))
                .toList();
        if (able.isEmpty()) {
            actions.claim(host);
            actions.attempt("fetch", () -> {
                workers.fetch(host);
                return host.runs.size();
            });
            return;
        }
        SimulatedHost.Run run = workload.one(able);
        if (!run.begun) {
            workers.begin(run, host);
        }
        for (int calls = 1 + world.random.nextInt(3); calls > 0 && DurableHandlers.mayCall(run); calls--) {
            handlers.call(run, host);
        }
    }

    /** Often one that waits for a signal, or is about to. */
    private List<JobId> somebodyWhoWaits() {
        List<JobId> some = world.chance(50)
                ? world.hosts.stream()
                        .flatMap(host -> host.runs.stream())
                        .filter(run -> run.rests)
                        .map(run -> run.assignment.stored().id())
                        .toList()
                : world.life.fates().stream()
                        .filter(fate -> fate.now.reason() == Reason.SIGNAL)
                        .map(Fate::id)
                        .toList();
        return some.isEmpty() || world.chance(10) ? workload.somebody() : List.of(workload.one(some));
    }

    private void signal(SimulatedHost host, JobId id) {
        actions.attempt("signal " + id, () -> {
            host.jobs("oscar").signal(id, DurableHandlers.SIGNAL, true);
            world.kept.acknowledged(id);
            return "given";
        });
    }

    private void retryFrom(SimulatedHost host, JobId id) {
        world.kept
                .steps(id)
                .forEach(step -> actions.attempt(
                        "retry " + id + " from " + step,
                        () -> host.jobs("oscar").retry(id, step).status()));
    }
}
