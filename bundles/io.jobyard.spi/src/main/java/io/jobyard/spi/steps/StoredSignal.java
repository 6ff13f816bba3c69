// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import java.time.Instant;

/**
 * Signal to a job, or answer to one of its callbacks.
 *
 * @param number index among the signals of the job, from 1; 0 before it is stored
 * @param name name of the signal; only the job and owners of its token know the name of a callback
 * @param failed whether the value describes a failure of the other side
 */
public record StoredSignal(int number, String name, Instant at, String by, boolean failed, String value) {

    /** Returns a copy with its number, the index among the signals of the job. */
    public StoredSignal numbered(int position) {
        return new StoredSignal(position, name, at, by, failed, value);
    }
}
