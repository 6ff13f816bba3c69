// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.HandlerName;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StepKind;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Handlers that call steps and waits, as the worker does them: each call is a step of the world. */
final class DurableHandlers {

    /** Of all signals. */
    static final String SIGNAL = "go";

    private final World world;
    private final Workload workload;
    private final Workers workers;

    DurableHandlers(World world, Workload workload, Workers workers) {
        this.world = world;
        this.workload = workload;
        this.workers = workers;
    }

    /** Whether the handler of that run has another call to make. */
    static boolean mayCall(SimulatedHost.Run run) {
        return run.begun && run.calls < HandlerScript.of(job(run)).size() && !run.inCall;
    }

    /** The next call of a run, which may be over for the host by now. */
    void call(SimulatedHost.Run run, SimulatedHost host) {
        run.inCall = true;
        try {
            next(run, host);
        } catch (StoreException | QuotaException e) {
            run.inCall = false;
            ends(run, host, new Outcome.Failed("a call is refused: " + e.getMessage(), false, null));
        }
    }

    private void next(SimulatedHost.Run run, SimulatedHost host) {
        if (run.stored == null) {
            run.stored = run.assignment.stored().run() == 1 ? List.of() : host.work.steps(job(run).id());
        }
        int number = run.calls + 1;
        StoredStep stored = run.stored.stream()
                .filter(step -> step.number() == number)
                .findFirst()
                .orElse(null);
        if (stored != null && stored.isFinished()) {
            done(run);
            return;
        }
        StepKind kind = HandlerScript.of(job(run)).get(run.calls);
        world.tell(() -> "run " + run.assignment.stored().run() + " of " + job(run).id() + " calls " + kind + " "
                + number + (stored == null ? "" : " again"));
        switch (kind) {
            case STEP -> keep(run, host, StoredStep.done(number, kind.text() + number, number(run), now(), now(), "1"));
            case SLEEP -> sleep(run, host, stored, number);
            case SIGNAL -> signal(run, host, stored, number);
            default -> children(run, host, stored, number);
        }
    }

    private void sleep(SimulatedHost.Run run, SimulatedHost host, @Nullable StoredStep stored, int number) {
        if (stored == null) {
            rests(run, host, begun(run, StepKind.SLEEP, number, now().plus(workload.time()), null));
        } else {
            end(run, host, stored.ended(now(), null, null));
        }
    }

    private void signal(SimulatedHost.Run run, SimulatedHost host, @Nullable StoredStep stored, int number) {
        StoredStep wait = stored != null
                ? stored
                : begun(
                        run,
                        StepKind.SIGNAL,
                        number,
                        now().plus(workload.time()).plusMillis(1),
                        SIGNAL);
        Optional<StoredSignal> given = host.work.signals(job(run).id()).stream().findFirst();
        if (given.isEmpty() && now().isBefore(wait.dueAt())) {
            rests(run, host, wait);
            return;
        }
        StoredStep over = wait.ended(now(), given.orElse(null), "true");
        if (stored == null) {
            keep(run, host, over);
        } else {
            end(run, host, over);
        }
    }

    private void children(SimulatedHost.Run run, SimulatedHost host, @Nullable StoredStep stored, int number) {
        if (stored == null) {
            StoredStep wait = begun(run, StepKind.CHILDREN, number, null, null);
            host.scheduler
                    .submit(byHandler(run.assignment), wait, specifications(job(run)))
                    .ifPresentOrElse(all -> rests(run, host, all), () -> lost(run, host));
            return;
        }
        Map<JobId, StoredJob> jobs = host.reads.jobs(stored.children());
        if (jobs.values().stream().allMatch(job -> job.status().isFinished())) {
            end(run, host, stored.ended(now(), null, "[]"));
        } else {
            rests(run, host, stored);
        }
    }

    /** The simulated workers run jobs whose handler was removed before the start, too. */
    private static Assignment byHandler(Assignment run) {
        return run.handler() != null
                ? run
                : new Assignment(run.stored(), run.payload(), new HandlerName("1.0.0", "simulator"));
    }

    private List<JobSpecification> specifications(Job parent) {
        String deeper = parent.terms().identity().labels().getOrDefault(HandlerScript.CHILD, "") + "x";
        List<JobSpecification> children = new ArrayList<>();
        for (int n = 1 + world.random.nextInt(3); n > 0; n--) {
            children.add(JobSpecification.type(workload.one(Handlers.TYPES))
                    .payload(Map.of())
                    .label(HandlerScript.CHILD, deeper)
                    .build());
        }
        return children;
    }

    private void keep(SimulatedHost.Run run, SimulatedHost host, StoredStep step) {
        answered(run, host, step, host.work.keep(run.assignment, List.of(step), RunOutput.NONE));
    }

    private void end(SimulatedHost.Run run, SimulatedHost host, StoredStep wait) {
        answered(run, host, null, host.work.end(run.assignment, wait, RunOutput.NONE));
    }

    private void answered(
            SimulatedHost.Run run, SimulatedHost host, @Nullable StoredStep step, CompletableFuture<Boolean> answer) {
        answer.whenComplete((stored, fault) -> {
            run.inCall = false;
            try {
                if (fault != null) {
                    ends(run, host, new Outcome.Failed("not stored", false, null));
                } else if (stored) {
                    Optional.ofNullable(step).ifPresent(one -> world.kept.acknowledged(job(run).id(), one));
                    done(run);
                } else {
                    lost(run, host);
                }
            } catch (Violation violation) {
                world.note(violation);
            }
        });
    }

    private static void done(SimulatedHost.Run run) {
        run.calls++;
        run.inCall = false;
    }

    private void lost(SimulatedHost.Run run, SimulatedHost host) {
        ends(run, host, new Outcome.Failed("the job is another run's", false, null));
    }

    private void rests(SimulatedHost.Run run, SimulatedHost host, StoredStep wait) {
        run.rests = true;
        ends(run, host, new Outcome.WaitsFor(wait));
    }

    /** The handler returns. Its run may have got another outcome meanwhile. */
    private void ends(SimulatedHost.Run run, SimulatedHost host, Outcome outcome) {
        run.inCall = false;
        run.calls = Integer.MAX_VALUE;
        if (run.offers == 0) {
            run.offers++;
            workers.offer(run, host, outcome);
        }
    }

    private StoredStep begun(
            SimulatedHost.Run run, StepKind kind, int number, @Nullable Instant due, @Nullable String awaits) {
        return StoredStep.begun(number, kind.text() + number, kind, number(run), now(), due, awaits);
    }

    private Instant now() {
        return world.clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static int number(SimulatedHost.Run run) {
        return run.assignment.stored().run();
    }

    private static Job job(SimulatedHost.Run run) {
        return run.assignment.stored().job();
    }
}
