// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.DeployedFile.State;

/**
 * What becomes of the bundle in a file.
 *
 * @param detail one line
 * @param fix what to do; empty if nothing
 * @param takesOver whether the bundle that the file held before may go
 */
record Fate(State state, String detail, String fix, boolean takesOver) {

    static final Fate WAITING = new Fate(State.WAITING, "the host is starting", "", false);

    static Fate refused(String detail, String fix) {
        return new Fate(State.REFUSED, detail, fix, false);
    }

    static Fate threw(String what, String reason) {
        return refused(
                what + " threw " + reason,
                "mend that and copy the jar again; the trace is in the log if io.jobyard.deploy is at DEBUG");
    }

    static Fate held(String detail, String fix, boolean takesOver) {
        return new Fate(State.HELD, detail, fix, takesOver);
    }

    static Fate resolved() {
        return new Fate(State.RESOLVED, "it brings no handler", "", true);
    }

    static Fate inUse(String handlers) {
        return new Fate(State.IN_USE, handlers, "", true);
    }
}
