// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.RunUse;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.usage.UsageStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the usage of runs immediately, so that paid usage is known even after a kill. Each run has at most one write in flight; later
 * usage is stored with the next write. A step stores all usage so far.
 */
final class RunUses {

    private static final Logger LOG = LoggerFactory.getLogger(RunUses.class);
    private static final String MODEL = "model";
    private static final int MAX_MODEL = 200;

    private final UsageStore store;

    RunUses(UsageStore store) {
        this.store = store;
    }

    /** Stores the usage so far. If a write is in flight, the next write stores this usage. */
    void keep(Run run) {
        send(run, run.used::take, () -> keep(run));
    }

    /** Stores the remaining usage before the outcome. */
    void finish(Run run) {
        send(run, run.used::takeRest, () -> {});
    }

    private void send(Run run, Supplier<UsedUnits.@Nullable UnitSums> sums, Runnable then) {
        synchronized (run) { // prevents another thread from storing a later sum first
            UsedUnits.UnitSums sum = sums.get();
            if (sum != null) {
                Futures.ask(() -> store.keep(uses(run, sum))).whenComplete((done, fault) -> {
                    arrived(run, sum, fault);
                    if (fault == null) {
                        then.run();
                    }
                });
            }
        }
    }

    /** Stores the usage so far together with another change, in one commit. */
    <T> CompletableFuture<T> with(Run run, Function<List<RunUse>, CompletableFuture<T>> write) {
        synchronized (run) {
            UsedUnits.UnitSums sum = run.used.takeUnstored();
            return sum == null
                    ? write.apply(List.of())
                    : Futures.ask(() -> write.apply(uses(run, sum)))
                            .whenComplete((done, fault) -> arrived(run, sum, fault));
        }
    }

    private static void arrived(Run run, UsedUnits.UnitSums sum, @Nullable Throwable fault) {
        run.used.arrived(sum, fault == null);
        if (fault != null) {
            LOG.warn("Cannot store the units used by run {} of job {}: {}", run.number(), run.id(), fault.getMessage());
        }
    }

    private static List<RunUse> uses(Run run, UsedUnits.UnitSums sum) {
        return sum.byUnit().entrySet().stream()
                .map(used -> use(run, used.getKey(), used.getValue()))
                .toList();
    }

    private static RunUse use(Run run, String unit, BigDecimal amount) {
        Job job = run.assignment.stored().job();
        Instant startedAt = Objects.requireNonNull(run.startedAt(), "only a started run uses units");
        return new RunUse(
                new RunUse.MeteredRun(
                        job.id(),
                        run.number(),
                        startedAt.truncatedTo(ChronoUnit.MICROS),
                        job.submitter(),
                        job.type(),
                        run.used.model(),
                        job.terms().identity().labels()),
                unit,
                amount.doubleValue(),
                job.terms().demand().estimate().get(unit));
    }

    /** Returns the model in a payload, by which usage is grouped in addition to users, types and labels. */
    static @Nullable String model(Map<String, Object> payload) {
        return payload.get(MODEL) instanceof String model && !model.isEmpty()
                ? model.substring(0, Math.min(model.length(), MAX_MODEL))
                : null;
    }
}
