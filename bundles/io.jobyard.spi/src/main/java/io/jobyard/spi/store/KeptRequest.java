// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.Submission;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was done, or has begun, and is not repeated while it is kept.
 *
 * @param key the submitter's name for it, 1 to 200 characters
 * @param fingerprint identifies its content, at most 64 characters
 * @param at when it was done
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

    /** Creates a submit, which is answered when it is stored. */
    public KeptRequest(
            String submitter, String key, String fingerprint, Instant at, Instant until, List<Submission> answers) {
        this(submitter, key, fingerprint, at, until, answers, null);
    }

    /** Returns this request with its answer, a JSON object. */
    public KeptRequest answered(String text) {
        return new KeptRequest(submitter, key, fingerprint, at, until, answers, text);
    }
}
