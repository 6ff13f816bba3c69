// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.scheduling;

import io.jobyard.api.Submission;
import java.time.Instant;
import java.util.List;

/**
 * A request to submit jobs that has been done, and is not done again while it is kept.
 *
 * @param submitter who asked
 * @param key what the submitter calls it, 1 to 200 characters
 * @param fingerprint tells whether a request asks for the same, at most 64 characters
 * @param at when it was done
 * @param until how long it is kept
 * @param answers what was answered, for each job in the order of the request
 */
public record KeptRequest(
        String submitter, String key, String fingerprint, Instant at, Instant until, List<Submission> answers) {

    /**
     * Copies the list.
     *
     * @param submitter who asked
     * @param key what the submitter calls it
     * @param fingerprint tells whether a request asks for the same
     * @param at when it was done
     * @param until how long it is kept
     * @param answers what was answered
     */
    public KeptRequest {
        answers = List.copyOf(answers);
    }
}
