// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Duration;

/**
 * Terms for the runs of a handler, from its annotation.
 *
 * @param heartbeat longest time without a call of the context; zero for no limit
 * @param timeout timeout of jobs without their own; zero for the timeout of the host
 * @param isExclusive whether a run must end with the lease of its host
 * @param isVirtual whether a run begins on a virtual thread, if this Java has them
 */
record RunTerms(Duration heartbeat, Duration timeout, boolean isExclusive, boolean isVirtual) {

    /** Terms without any declaration. */
    static final RunTerms NONE = new RunTerms(Duration.ZERO, Duration.ZERO, false, false);
}
