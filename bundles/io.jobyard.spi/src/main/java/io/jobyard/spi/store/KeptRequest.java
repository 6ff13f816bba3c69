// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.Submission;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been done, or begun, and is not done again while it is kept.
 *
 * @param key what the submitter calls it, 1 to 200 characters
 * @param fingerprint tells whether a request asks for the same, at most 64 characters
 * @param at when it was done
 * @param until how long it is kept
 * @param answers what was answered to a submit, for each job in the order of the request; empty for another request
 * @param answer what was answered to another request, a JSON object; null for a submit, and while there is no answer
 */
public record KeptRequest(
        String submitter,
        String key,
        String fingerprint,
        Instant at,
        Instant until,
        List<Submission> answers,
        @Nullable String answer) {

    public KeptRequest {
        answers = List.copyOf(answers);
    }

    /**
     * A submit, which is answered when it is stored.
     *
     * @param key what the submitter calls it
     * @param fingerprint tells whether a request asks for the same
     * @param at when it was done
     * @param until how long it is kept
     * @param answers what was answered
     */
    public KeptRequest(
            String submitter, String key, String fingerprint, Instant at, Instant until, List<Submission> answers) {
        this(submitter, key, fingerprint, at, until, answers, null);
    }

    /**
     * Returns this request with its answer.
     *
     * @param text a JSON object
     */
    public KeptRequest answered(String text) {
        return new KeptRequest(submitter, key, fingerprint, at, until, answers, text);
    }
}
