// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import org.jspecify.annotations.Nullable;

/** State of a run by its steps: whether it must suspend for a wait, and whether it made progress. */
final class SuspensionState {

    private boolean storedStep;
    private @Nullable StoredStep waits;
    private Outcome.@Nullable AwaitsLimits limits;

    /** The handler ends it to wait for that. */
    synchronized void suspend(StoredStep wait) {
        waits = wait;
    }

    /** It has stored a step that was new. */
    synchronized void storedStep() {
        storedStep = true;
    }

    synchronized boolean hasStoredStep() {
        return storedStep;
    }

    /** The handler ends it, since the limits of the job do not let its next call through. */
    synchronized void awaitLimits(Outcome.AwaitsLimits outcome) {
        limits = outcome;
    }

    /** How it is to end if it is to wait for limits; else null. */
    synchronized Outcome.@Nullable AwaitsLimits awaitsLimits() {
        return limits;
    }

    /** The step or wait at which it is to end by itself; null if it is not. */
    synchronized @Nullable String suspendedAt() {
        return waits != null ? waits.name() : limits != null ? "a step that is waiting for limits" : null;
    }

    /** Wait for which the run has ended; null if it has not. */
    synchronized @Nullable StoredStep waits() {
        return waits;
    }
}
