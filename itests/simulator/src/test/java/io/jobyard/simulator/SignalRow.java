// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.spi.steps.StoredSignal;

/** What was told to a job, and whether a wait has taken it. */
record SignalRow(StoredSignal signal, boolean taken) {

    SignalRow asTaken() {
        return new SignalRow(signal, true);
    }
}
