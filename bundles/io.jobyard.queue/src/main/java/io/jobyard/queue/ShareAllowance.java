// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.LimitKind;

/** Allowance of the jobs of a role's members. Guarded by the lock of {@link Lanes}. */
final class ShareAllowance extends Allowance {

    ShareAllowance(String share, Allowances allowances) {
        super(LimitKind.ROLE, share, allowances, moved -> {});
    }

    /** Adds 1 of its starts for each job to its needs. */
    @Override
    Demand drawnBy(Demand asked) {
        return Demand.ofShare(asked);
    }
}
