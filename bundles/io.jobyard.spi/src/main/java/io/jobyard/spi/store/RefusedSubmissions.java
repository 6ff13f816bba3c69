// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import java.time.Instant;

/**
 * The submissions from SQL that were refused in some time.
 *
 * @param count how many, or the bound of the count if there are more
 * @param latest the id that the application was told for the latest of them
 * @param submitter the role of the database that submitted the latest
 * @param at when a host refused the latest
 * @param why the reason for the latest, of at most {@link #MAX_WHY} characters
 */
public record RefusedSubmissions(int count, JobId latest, String submitter, Instant at, String why) {

    /** How long a reason may be; the rest is cut off. */
    public static final int MAX_WHY = 500;
}
