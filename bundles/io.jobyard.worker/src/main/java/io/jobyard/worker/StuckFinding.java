// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;

/** What the doctor says about a thread that does not come back. */
final class StuckFinding {

    private StuckFinding() {}

    static Finding of(Run run) {
        Thread thread = run.thread();
        String name = thread == null ? "a thread" : "thread " + thread.getName();
        String problem =
                name + " is stuck in job " + run.id() + " since " + run.endingAt() + ", handler " + run.handler();
        return new Finding(
                Finding.WORKER,
                problem,
                "its handler ignores interrupts: mend it, and restart the host to be rid of the thread");
    }
}
