// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Duration;

/**
 * What holds for the runs of a handler, as it says itself.
 *
 * @param heartbeat for how long one may be silent; zero for as long as it takes
 * @param timeout of jobs that name none; zero for the host's
 * @param isExclusive whether none may go on after the lease of its host has ended
 */
record RunTerms(Duration heartbeat, Duration timeout, boolean isExclusive) {

    /** Of one that says nothing. */
    static final RunTerms NONE = new RunTerms(Duration.ZERO, Duration.ZERO, false);
}
