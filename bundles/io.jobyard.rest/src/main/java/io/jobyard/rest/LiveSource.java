// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobId;
import org.jspecify.annotations.Nullable;

/** What one client is told, bit by bit. Asked by one thread at a time, which may wait for the database meanwhile. */
interface LiveSource {

    /**
     * The next bit.
     *
     * @return as it is sent; null if there is nothing now
     */
    byte @Nullable [] next();

    /** Whether there is nothing now, and nothing more will come. */
    default boolean isFinished() {
        return false;
    }

    /** Whether it is asked again after a while, as nothing tells it of news. */
    default boolean polls() {
        return false;
    }

    /** Whether changes of jobs are news for it. */
    default boolean follows() {
        return false;
    }

    /** Whether it tells what this job's handler emits, or writes to its log. */
    default boolean isAbout(JobId job) {
        return false;
    }
}
