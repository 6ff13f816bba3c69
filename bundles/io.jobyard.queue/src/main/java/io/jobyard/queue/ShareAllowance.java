// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.LimitKind;

/** What the jobs of a role's members may have. Guarded by the lock of {@link Lanes}. */
final class ShareAllowance extends Allowance {

    ShareAllowance(String share, Allowances allowances) {
        super(LimitKind.ROLE, share, allowances, moved -> {});
    }

    /** Beside what it needs, 1 of its starts for each. */
    @Override
    Demand drawnBy(Demand asked) {
        return Demand.ofShare(asked);
    }
}
