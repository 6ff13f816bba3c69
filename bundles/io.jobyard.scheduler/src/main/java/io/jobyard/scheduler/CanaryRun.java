// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

/** How a run that is to end stands to the canary of its type. */
enum CanaryRun {
    /** It did not begin as a canary's. */
    NONE,
    /** It began as a canary's, and that is tried still. */
    TRIED,
    /** It began as a canary's, which was quarantined, rolled back, replaced or deleted since. */
    GONE
}
