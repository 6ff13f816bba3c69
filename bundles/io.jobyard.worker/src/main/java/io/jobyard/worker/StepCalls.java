// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunSuspended;
import io.jobyard.api.handler.Step;
import io.jobyard.spi.limits.Unit;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.running.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Executes the work of steps. Before each attempt, the estimated usage of the step is taken from the job's limits. */
final class StepCalls {

    private static final int MOST_UNITS = 9;

    private final Run run;
    private final RunLimits queue;
    private final AtomicInteger latest = new AtomicInteger();

    StepCalls(Run run, RunLimits queue) {
        this.run = run;
        this.queue = queue;
    }

    /**
     * Makes one attempt.
     *
     * @throws RunSuspended if the limits do not allow the attempt now
     */
    <T> T call(Step<T> step) throws Exception {
        if (step.estimate() == null) {
            return step.work().call();
        }
        Map<String, Double> estimate = estimate(step, step.estimate());
        long number = (long) run.number() << Integer.SIZE
                | latest.incrementAndGet(); // an abandoned run may still end its own call
        run.during("step", () -> {});
        if (!run.signs.during(() -> queue.beginCall(run.id(), number, estimate))) {
            awaitLimits(step.name(), List.of(estimate));
            throw new RunSuspended("step " + step.name());
        }
        try {
            return step.work().call();
        } finally {
            queue.endCall(run.id(), number);
        }
    }

    /** Ends the run if the limits rejected a step. The next start then takes the usage of as many steps as possible at once. */
    void awaitLimits(List<Step<?>> next) throws Exception {
        List<Map<String, Double>> estimates = new ArrayList<>();
        for (Step<?> step : next) {
            if (step.estimate() != null) {
                estimates.add(estimate(step, step.estimate()));
            }
        }
        if (!estimates.isEmpty()) {
            awaitLimits(next.get(0).name(), estimates);
        }
    }

    private void awaitLimits(String step, List<Map<String, Double>> calls) {
        int count = queue.callsAtOnce(run.id(), calls);
        Map<String, Double> sum = new HashMap<>(Map.of(Unit.CALLS, (double) count));
        calls.subList(0, count).forEach(call -> call.forEach((unit, amount) -> sum.merge(unit, amount, Double::sum)));
        run.suspension.awaitLimits(
                new Outcome.AwaitsLimits(sum, "step '" + step + "' is waiting for the job's limits"));
    }

    private static Map<String, Double> estimate(Step<?> step, Callable<Map<String, Double>> estimate) throws Exception {
        Map<String, Double> uses = new HashMap<>(estimate.call());
        uses.putIfAbsent(Unit.REQUESTS, 1.0);
        uses.remove(Unit.CALLS);
        uses.forEach((unit, amount) -> {
            if (!Unit.isName(unit) || unit.startsWith(Unit.SLOTS) || !(amount >= 0 && amount <= Unit.LARGEST)) {
                throw new PermanentException("invalid estimate " + ErrorText.cut(unit) + " = " + amount + " of step '"
                        + step.name() + "': use a unit of " + Unit.FORM
                        + " except slots, and an amount of 0 to 1000000000000");
            }
        });
        if (uses.size() > MOST_UNITS) {
            throw new PermanentException("the estimate of step '" + step.name() + "' has " + uses.size()
                    + " units: use at most " + MOST_UNITS);
        }
        return uses;
    }
}
