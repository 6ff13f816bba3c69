// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

/**
 * Handling of a repeated call with the same idempotency key.
 *
 * @param instead for a refused key, the reason and the alternative, as the rest of a sentence
 */
public record Repetition(RepeatRule rule, String instead) {

    /** Rule for a call with an idempotency key. */
    public enum RepeatRule {
        /** The host refuses a call with a key. */
        REFUSED,
        /** The action stores the key with its jobs. */
        STORED_WITH_JOBS,
        /** The host keeps the result of the first call and returns it again. */
        ANSWERED
    }

    static final Repetition READS =
            new Repetition(RepeatRule.REFUSED, "this request changes nothing; send it again without the header");
    static final Repetition CHANGES = new Repetition(RepeatRule.ANSWERED, "");
    static final Repetition WITH_JOBS = new Repetition(RepeatRule.STORED_WITH_JOBS, "");

    static Repetition refused(String instead) {
        return new Repetition(RepeatRule.REFUSED, instead);
    }
}
