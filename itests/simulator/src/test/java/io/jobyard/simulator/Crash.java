// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

/** A host ends without a word: nobody between here and the step that it was at catches it. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    private final transient SimulatedHost host;

    Crash(SimulatedHost host) {
        super("the host ended", null, false, false);
        this.host = host;
    }

    SimulatedHost host() {
        return host;
    }
}
