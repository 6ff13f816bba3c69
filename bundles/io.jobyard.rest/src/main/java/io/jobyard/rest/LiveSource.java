// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobId;
import org.jspecify.annotations.Nullable;

/** Source of the data that one client receives, in pieces. Called by one thread at a time, which may wait for the database. */
interface LiveSource {

    /** Returns the next piece in its serialized form; null if nothing is available now. */
    byte @Nullable [] next();

    /** Returns whether nothing is available now and nothing more will follow. */
    default boolean isFinished() {
        return false;
    }

    /** Returns whether the source must be polled because nothing notifies it of news. */
    default boolean polls() {
        return false;
    }

    /** Returns whether changes of jobs are news for this source. */
    default boolean follows() {
        return false;
    }

    /** Returns whether the source reports the pieces and log lines of this job. */
    default boolean isAbout(JobId job) {
        return false;
    }
}
