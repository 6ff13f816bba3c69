// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

/**
 * What the host does with a call that a client sends again under the same key.
 *
 * @param rule what happens
 * @param instead if a key is refused: the reason and what to do, which continue a sentence
 */
public record Repetition(RepeatRule rule, String instead) {

    /** What happens to a call with a key. */
    public enum RepeatRule {
        /** The call is refused if it has a key. */
        REFUSED,
        /** The action stores the key with its jobs. */
        STORED_WITH_JOBS,
        /** The host keeps the result of the first call and answers with it. */
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
