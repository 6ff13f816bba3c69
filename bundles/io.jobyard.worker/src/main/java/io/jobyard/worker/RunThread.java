// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.jobs.SlotKind;

/** Thread on which a run begins. */
enum RunThread {
    /** Thread of the workers, which the run keeps until its end. */
    WORKER(SlotKind.THREAD),
    /** Thread that begins asynchronous runs, which the run leaves when its handler returns. */
    STARTER(SlotKind.ASYNC),
    /** New virtual thread. */
    VIRTUAL(SlotKind.ASYNC);

    /** Kind of the slot that the run occupies. */
    final SlotKind slots;

    RunThread(SlotKind slots) {
        this.slots = slots;
    }
}
