// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.QueueManager;

/** Hears when runs begin and what they have used. */
interface Usage {

    /** The handler's first line is next. */
    void begun(JobId id);

    void used(JobId id, String unit, double amount);

    /** Tells the queue. */
    static Usage of(QueueManager queue) {
        return new Usage() {
            @Override
            public void begun(JobId id) {
                queue.begun(id);
            }

            @Override
            public void used(JobId id, String unit, double amount) {
                queue.used(id, unit, amount);
            }
        };
    }
}
