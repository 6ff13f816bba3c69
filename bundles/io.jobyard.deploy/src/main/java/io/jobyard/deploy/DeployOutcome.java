// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.DeployedFile.State;

/**
 * The outcome of deploying a file.
 *
 * @param detail one line
 * @param fix what to do; empty if nothing
 * @param takesOver whether the bundle that the file held before may go
 */
record DeployOutcome(State state, String detail, String fix, boolean takesOver) {

    static final DeployOutcome WAITING = new DeployOutcome(State.WAITING, "the host is starting", "", false);
    static final DeployOutcome ARRIVING =
            new DeployOutcome(State.WAITING, "the host is taking its handlers", "", false);

    static DeployOutcome refused(String detail, String fix) {
        return new DeployOutcome(State.REFUSED, detail, fix, false);
    }

    static DeployOutcome threw(String what, String reason) {
        return refused(
                what + " threw " + reason,
                "mend that and copy the jar again; the trace is in the log if io.jobyard.deploy is at DEBUG");
    }

    static DeployOutcome held(String detail, String fix, boolean takesOver) {
        return new DeployOutcome(State.HELD, detail, fix, takesOver);
    }

    static DeployOutcome resolved() {
        return new DeployOutcome(State.RESOLVED, "it brings no handler", "", true);
    }

    static DeployOutcome inUse(String handlers) {
        return new DeployOutcome(State.IN_USE, handlers, "", true);
    }
}
