// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;

/** Thrown if another job of the same submitter holds the key of a new or retried job. Nothing of the change was stored. */
public final class KeyTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with the holder of the key. */
    public KeyTakenException(String key, JobId holder) {
        super("key '" + key + "' is held by job " + holder);
    }
}
