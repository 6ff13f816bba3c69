// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.Submission;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Request that was executed, or has begun, and is not repeated while it is stored.
 *
 * @param key key of the request, from the submitter, 1 to 200 characters
 * @param fingerprint text that identifies its content, at most 64 characters
 * @param at time of the request
 * @param until end of its retention
 * @param answers answers to a submit, for each job in the order of the request; empty for another request
 * @param answer answer to another request, a JSON object; null for a submit, and while it has no answer
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

    /** Creates a submit, whose answer is known when it is stored. */
    public KeptRequest(
            String submitter, String key, String fingerprint, Instant at, Instant until, List<Submission> answers) {
        this(submitter, key, fingerprint, at, until, answers, null);
    }

    /** Returns a copy with its answer, a JSON object. */
    public KeptRequest answered(String text) {
        return new KeptRequest(submitter, key, fingerprint, at, until, answers, text);
    }
}
