// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.RunUsage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reports of a run about its use of limits and budgets, for the store and the queue. */
final class ReportedUsage implements RunUsage {

    private static final Duration LONGEST_SHUT = Duration.ofDays(365);

    private final Run run;
    private final Handler handler;
    private final RunServices host;

    ReportedUsage(Run run, Handler handler, RunServices host) {
        this.run = run;
        this.handler = handler;
        this.host = host;
    }

    /** Reports usage. Notifies the queue without the run's lock, because the queue reads the room of runs under its own lock. */
    @Override
    public void used(String unit, double amount) {
        UsedUnits.requireAmount("used", unit, amount);
        run.during("used", () -> {
            run.used.add(unit, amount, model());
            host.outputs().uses().keep(run);
        });
        host.queue().used(run.id(), unit, amount);
    }

    @Override
    public void remaining(String unit, double left, Instant until) {
        UsedUnits.requireAmount("remaining", unit, left);
        run.during("remaining", () -> {});
        host.queue().remaining(run.id(), unit, left, bounded(until));
    }

    /** Returns the time within the allowed range, because a response header may contain any value. */
    private Instant bounded(Instant until) {
        Instant now = host.time().clock().instant();
        Instant last = now.plus(LONGEST_SHUT);
        return until.isBefore(now) ? now : until.isAfter(last) ? last : until;
    }

    @Override
    public void overloaded() {
        run.during("overloaded", () -> {});
        host.queue().overloaded(run.id());
    }

    @Override
    public boolean isBudgetLow(String unit) {
        run.during("isBudgetLow", () -> {});
        return host.queue().isBudgetLow(run.id(), unit);
    }

    /** Returns the model of the run. Reads the payload as submitted, before it contains secrets. */
    private @Nullable String model() {
        String known = run.used.model();
        return known != null ? known : RunUses.model(handler.payloads.object(run.assignment.payload()));
    }
}
