// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import java.time.Instant;

/**
 * Recently rejected submissions from SQL.
 *
 * @param count number of submissions, or the bound of the count if there are more
 * @param latest job ID that the application received for the latest rejected submission
 * @param submitter database role that submitted the latest rejected submission
 * @param at time at which a host rejected it
 * @param why reason for the latest rejection, at most {@link #MAX_WHY} characters
 */
public record RefusedSubmissions(int count, JobId latest, String submitter, Instant at, String why) {

    /** Maximum length of a reason; longer ones are cut. */
    public static final int MAX_WHY = 500;
}
