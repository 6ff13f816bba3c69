// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

/** Relation of a run to the canary of its type at its end. */
enum CanaryRun {
    /** It did not begin as a canary's. */
    NONE,
    /** It began as a canary's, which is still active. */
    TRIED,
    /** It began as a canary's, which was quarantined, rolled back, replaced or deleted since. */
    GONE
}
