// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.NamedLimit;
import java.util.List;
import java.util.function.Consumer;

/**
 * Blocks the jobs of a value that have not started, while a job of the value has started and has not ended. Jobs that have started do not
 * use it. Guarded by the lock of {@link Lanes}.
 */
final class StrictOrder extends Allowance {

    private final NamedLimit limit;
    private final StartedJobs started;

    StrictOrder(NamedLimit limit, Allowances allowances, StartedJobs started, Consumer<Allowance> moved) {
        super(LimitKind.LIMIT, limit.text(), allowances, moved);
        this.limit = limit;
        this.started = started;
    }

    @Override
    String nameAlone() {
        return limit.name();
    }

    @Override
    long opensAt(Demand asked) {
        return started.of(name).count() == 0 ? super.opensAt(asked) : EpochNanos.NEVER;
    }

    @Override
    List<Blocker> shutBy(Demand asked, long now) {
        StartedJobs.OfValue others = started.of(name);
        if (others.count() == 0) {
            return List.of();
        }
        String several = others.count() == 1 ? "another job has" : others.count() + " other jobs have";
        String who = others.only() == null ? several : "job " + others.only() + " has";
        return List.of(new Blocker(kind.text(), name + ": " + who + " started and not ended (order = strict)", null));
    }
}
