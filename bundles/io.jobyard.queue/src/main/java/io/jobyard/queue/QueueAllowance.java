// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.LimitKind;

/** Allowance of the jobs of a queue. Guarded by the lock of {@link Lanes}. */
final class QueueAllowance extends Allowance {

    QueueAllowance(String queue, Allowances allowances) {
        super(LimitKind.QUEUE, queue, allowances, moved -> {});
    }

    /** Counts 1 for each start. */
    @Override
    Demand drawnBy(Demand asked) {
        return asked.ofQueue();
    }
}
