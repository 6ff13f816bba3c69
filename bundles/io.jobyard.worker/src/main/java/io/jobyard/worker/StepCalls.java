// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.AsyncStep;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Executes the work of steps. Before each attempt, the estimated usage of the step is taken from the job's limits. */
final class StepCalls {

    private static final int MOST_UNITS = 9;
    /** Number of a step without an estimate, which takes nothing from the limits. */
    private static final long NO_CALL = 0;

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
        long number = step.estimate() == null ? NO_CALL : begin(step.name(), step.estimate());
        try {
            return step.work().call();
        } finally {
            end(number);
        }
    }

    /**
     * Begins work that occupies no thread.
     *
     * @param begun receives the work
     * @return stage that completes once the work has ended, and its usage is settled
     * @throws RunSuspended if the limits do not allow the work now
     */
    <T> CompletionStage<T> callAsync(AsyncStep<T> step, Consumer<CompletionStage<T>> begun) throws Exception {
        long number = step.estimate() == null ? NO_CALL : begin(step.name(), step.estimate());
        try {
            CompletionStage<T> work = step.work().call();
            begun.accept(work);
            return work.whenComplete((value, fault) -> end(number));
        } catch (Throwable e) { // any throwable of users' code
            end(number);
            throw e;
        }
    }

    private void end(long number) {
        if (number != NO_CALL) {
            queue.endCall(run.id(), number);
        }
    }

    /** Takes the estimate from the job's limits, and returns the number of the call. */
    private long begin(String step, Callable<Map<String, Double>> estimates) throws Exception {
        Map<String, Double> estimate = estimate(step, estimates);
        long number = (long) run.number() << Integer.SIZE
                | latest.incrementAndGet(); // an abandoned run may still end its own call
        run.during("step", () -> {});
        if (!run.signs().during(() -> queue.beginCall(run.id(), number, estimate))) {
            awaitLimits(step, List.of(estimate));
            throw new RunSuspended("step " + step);
        }
        return number;
    }

    /** Ends the run if the limits rejected a step. The next start then takes the usage of as many steps as possible at once. */
    void awaitLimits(List<StepBatch.BatchedStep> next) throws Exception {
        List<Map<String, Double>> estimates = new ArrayList<>();
        for (StepBatch.BatchedStep step : next) {
            if (step.estimate() != null) {
                estimates.add(estimate(step.position().name(), step.estimate()));
            }
        }
        if (!estimates.isEmpty()) {
            awaitLimits(next.get(0).position().name(), estimates);
        }
    }

    private void awaitLimits(String step, List<Map<String, Double>> calls) {
        int count = queue.callsAtOnce(run.id(), calls);
        Map<String, Double> sum = new HashMap<>(Map.of(Unit.CALLS, (double) count));
        calls.subList(0, count).forEach(call -> call.forEach((unit, amount) -> sum.merge(unit, amount, Double::sum)));
        run.suspension.awaitLimits(
                new Outcome.AwaitsLimits(sum, "step '" + step + "' is waiting for the job's limits"));
    }

    private static Map<String, Double> estimate(String step, Callable<Map<String, Double>> estimate) throws Exception {
        Map<String, Double> uses = new HashMap<>(estimate.call());
        uses.putIfAbsent(Unit.REQUESTS, 1.0);
        uses.remove(Unit.CALLS);
        uses.forEach((unit, amount) -> {
            if (!Unit.isName(unit) || unit.startsWith(Unit.SLOTS) || !(amount >= 0 && amount <= Unit.LARGEST)) {
                throw new PermanentException("invalid estimate " + ErrorText.cut(unit) + " = " + amount + " of step '"
                        + step + "': use a unit of " + Unit.FORM
                        + " except slots, and an amount of 0 to 1000000000000");
            }
        });
        if (uses.size() > MOST_UNITS) {
            throw new PermanentException(
                    "the estimate of step '" + step + "' has " + uses.size() + " units: use at most " + MOST_UNITS);
        }
        return uses;
    }
}
