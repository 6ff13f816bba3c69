// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.DeployedFile.State;
import java.util.Optional;

/**
 * The outcome of deploying a file.
 *
 * @param detail one line
 * @param fix the fix; empty if none is needed
 * @param takesOver whether the previous bundle of the file can be removed
 * @param heals whether the same file may succeed later: it lacks disk space, a permission or a lock
 */
record DeployOutcome(State state, String detail, String fix, boolean takesOver, boolean heals) {

    static final DeployOutcome WAITING = new DeployOutcome(State.WAITING, "the host is starting", "", false, false);
    static final DeployOutcome ARRIVING =
            new DeployOutcome(State.WAITING, "the host is registering its handlers", "", false, false);

    static DeployOutcome refused(String detail, String fix) {
        return new DeployOutcome(State.REFUSED, detail, fix, false, false);
    }

    /** Returns a temporary refusal, which the host retries. */
    static DeployOutcome healing(String detail, String fix) {
        return new DeployOutcome(State.REFUSED, detail, fix, false, true);
    }

    static DeployOutcome threw(String what, Throwable failure) {
        return threw(what, FailureReason.of(failure), HealingFailure.of(failure));
    }

    /** Returns the outcome of a component's failure, which is known only by its stack trace. */
    static DeployOutcome threw(String what, String trace) {
        return threw(what, FailureReason.of(trace), HealingFailure.of(trace));
    }

    private static DeployOutcome threw(String what, String reason, Optional<HealingFailure> healing) {
        String detail = what + " threw " + reason;
        return healing.map(failure -> healing(detail, failure.fix()))
                .orElseGet(
                        () -> refused(
                                detail,
                                "fix it and copy the jar again; for the stack trace, set io.jobyard.deploy to DEBUG in the log"));
    }

    static DeployOutcome held(String detail, String fix, boolean takesOver) {
        return new DeployOutcome(State.HELD, detail, fix, takesOver, false);
    }

    static DeployOutcome resolved() {
        return new DeployOutcome(State.RESOLVED, "it has no handler", "", true, false);
    }

    static DeployOutcome inUse(String handlers) {
        return new DeployOutcome(State.IN_USE, handlers, "", true, false);
    }
}
