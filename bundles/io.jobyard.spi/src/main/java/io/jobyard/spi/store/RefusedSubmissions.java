// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import java.time.Instant;

/**
 * Recently rejected submissions from SQL.
 *
 * @param count number, or the bound of the count if there are more
 * @param latest the id that the application got for the latest one
 * @param submitter the database role that submitted the latest one
 * @param at when a host rejected the latest one
 * @param why the reason for the latest one, of at most {@link #MAX_WHY} characters
 */
public record RefusedSubmissions(int count, JobId latest, String submitter, Instant at, String why) {

    /** Largest length of a reason; the rest is cut off. */
    public static final int MAX_WHY = 500;
}
