// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

/** Relation of a run to the canary of its type at its end. */
enum CanaryRun {
    /** The run did not begin on a canary. */
    NONE,
    /** The run began on a canary, which is still active. */
    TRIED,
    /** The run began on a canary, which was quarantined, rolled back, replaced or deleted since. */
    GONE
}
