// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import java.time.Instant;

/**
 * What somebody told a job, or answered to one of its callbacks.
 *
 * @param number its place among the signals of the job, from 1; 0 before it is stored
 * @param name its name; that of a callback is known to nobody but the job and who has its token
 * @param by who gave it
 * @param failed whether the value says how the other side failed
 * @param value a JSON value
 */
public record StoredSignal(int number, String name, Instant at, String by, boolean failed, String value) {

    /**
     * The same with its place.
     *
     * @param position among the signals of the job
     * @return another signal
     */
    public StoredSignal numbered(int position) {
        return new StoredSignal(position, name, at, by, failed, value);
    }
}
