// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import org.jspecify.annotations.Nullable;

/** State of a run's steps: whether it must suspend for a wait, and whether it made progress. */
final class SuspensionState {

    private boolean storedStep;
    private @Nullable StoredStep waits;
    private Outcome.@Nullable AwaitsLimits limits;

    /** Records the wait for which the handler ends the run. */
    synchronized void suspend(StoredStep wait) {
        waits = wait;
    }

    /** Records that a new step was stored. */
    synchronized void storedStep() {
        storedStep = true;
    }

    synchronized boolean hasStoredStep() {
        return storedStep;
    }

    /** Records that the handler ends the run because the limits of the job do not allow its next call. */
    synchronized void awaitLimits(Outcome.AwaitsLimits outcome) {
        limits = outcome;
    }

    /** Returns the outcome of a run that must wait for limits; otherwise null. */
    synchronized Outcome.@Nullable AwaitsLimits awaitsLimits() {
        return limits;
    }

    /** Returns the step or wait at which the run suspends; null if it does not. */
    synchronized @Nullable String suspendedAt() {
        return waits != null ? waits.name() : limits != null ? "a step that is waiting for limits" : null;
    }

    /** Returns the wait for which the run has ended; null if it has not. */
    synchronized @Nullable StoredStep waits() {
        return waits;
    }
}
