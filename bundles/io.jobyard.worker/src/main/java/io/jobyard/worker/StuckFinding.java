// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;

/** Doctor's finding about a run that ignores its interrupt. */
final class StuckFinding {

    private StuckFinding() {}

    static Finding of(Run run) {
        Thread thread = run.thread();
        String since = " since " + run.endingAt() + ", handler " + run.handler();
        return thread == null
                ? new Finding(
                        Finding.WORKER,
                        "the stage of job " + run.id() + " does not complete" + since,
                        "its handler ignores the cancellation of its stage: fix it, and restart the host to stop the"
                                + " work")
                : new Finding(
                        Finding.WORKER,
                        "thread " + thread.getName() + " is stuck in job " + run.id() + since,
                        "its handler ignores interrupts: fix it, and restart the host to stop the thread");
    }
}
