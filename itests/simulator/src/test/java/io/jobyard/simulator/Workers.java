// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobEvent;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.List;

/** The threads that run handlers: how each run ends is a matter of chance. */
final class Workers {

    private final World world;
    private final Workload workload;
    private int results;

    Workers(World world, Workload workload) {
        this.world = world;
        this.workload = workload;
    }

    void got(SimulatedHost host, Assignment assignment) {
        host.runs.add(host.new Run(assignment));
    }

    /** What the leader, another host, has started for that one: each once, however long the store takes to answer. */
    void fetch(SimulatedHost host) {
        List<JobEvent> starts = List.copyOf(host.assigned);
        if (starts.isEmpty()) {
            return;
        }
        host.assigned.clear();
        try {
            host.fetch(starts).forEach(run -> got(host, run));
        } catch (StoreException e) {
            host.assigned.addAll(starts);
            throw e;
        }
    }

    /** One run goes on: it begins, or it ends; seldom a second time, or after the host that held it. */
    void work(SimulatedHost host) {
        if (!world.stray.isEmpty() && world.chance(10)) {
            end(workload.one(world.stray), host);
        } else if (!host.runs.isEmpty()) {
            SimulatedHost.Run run = workload.one(host.runs);
            boolean isAtWork = world.durable && DurableHandlers.mayCall(run) && world.chance(95);
            if (!isAtWork && (run.begun || run.offers > 0 || !mayBegin(run, host))) {
                end(run, host);
            }
        }
    }

    private boolean mayBegin(SimulatedHost.Run run, SimulatedHost host) {
        if (world.chance(10)) {
            return false; // it is given back before it begins
        }
        begin(run, host);
        return true;
    }

    void begin(SimulatedHost.Run run, SimulatedHost host) {
        run.begun = true;
        world.tell(() -> "begins " + name(run));
        world.life.begins(run.assignment, host);
        host.queue.runs().begun(run.assignment.stored().id());
    }

    void end(SimulatedHost.Run run, SimulatedHost host) {
        if (run.offers > 1 || (run.offers > 0 && !world.chance(20))) {
            return;
        }
        run.offers++;
        Outcome outcome = run.begun ? outcome(run) : new Outcome.GivenBack("not begun");
        offer(run, host, outcome);
    }

    void offer(SimulatedHost.Run run, SimulatedHost host, Outcome outcome) {
        world.tell(() -> "ends " + name(run) + " by " + outcome);
        world.life.fate(run.assignment.stored().id()).offer(number(run), outcome);
        host.scheduler
                .finish(run.assignment, run.begun ? world.clock.instant() : null, outcome)
                .whenComplete((accepted, fault) -> answered(run, host, accepted, fault));
    }

    private void answered(SimulatedHost.Run run, SimulatedHost host, Boolean accepted, Throwable fault) {
        world.tell(() -> "answer to the end of " + name(run) + ": " + (fault == null ? accepted : fault));
        host.runs.remove(run);
        if (world.durable && DurableHandlers.mayCall(run)) {
            host.left.add(run);
        }
        if (fault != null) {
            host.lostAnOutcome = true;
            if (!world.life.fate(run.assignment.stored().id()).refused.contains(number(run))) {
                world.note(new Violation(run.assignment.stored().id(), "its outcome is lost: " + fault));
            }
        } else if (accepted) {
            try {
                world.life.accepted(run.assignment);
            } catch (Violation violation) {
                world.note(violation);
            }
        }
    }

    private Outcome outcome(SimulatedHost.Run run) {
        if (run.isCancelled() && world.chance(70)) {
            return new Outcome.Cancelled();
        }
        return switch (world.random.nextInt(10)) {
            case 0 -> new Outcome.Failed("broken", false, null);
            case 1 -> new Outcome.Failed("busy", false, workload.time());
            case 2 -> new Outcome.Failed("wrong", true, null);
            case 3 -> new Outcome.TimedOut(Duration.ofSeconds(60));
            case 4 -> new Outcome.GivenBack("the handler left");
            case 5 -> new Outcome.Crashed("it ended the host");
            default -> new Outcome.Completed("{\"n\":" + ++results + "}");
        };
    }

    private static int number(SimulatedHost.Run run) {
        return run.assignment.stored().job().state().run().number();
    }

    private static String name(SimulatedHost.Run run) {
        return run.assignment.stored().id() + " run " + number(run);
    }
}
