// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/** Something in the call is wrong. Nothing was changed; mend the call and try again. */
public final class ValidationException extends JobyardException {

    private static final long serialVersionUID = 1L;

    private final int index;
    private final List<String> payloadProblems;

    /**
     * Says what happened.
     *
     * @param message what happened, what it means, what to do
     */
    public ValidationException(String message) {
        super("validation", message, null);
        index = -1;
        payloadProblems = List.of();
    }

    /**
     * Says what is wrong with a payload.
     *
     * @param payloadProblems what the schema of its type refuses: one or more
     */
    public ValidationException(List<String> payloadProblems) {
        super("validation", String.join("; ", payloadProblems), null);
        index = -1;
        this.payloadProblems = List.copyOf(payloadProblems);
    }

    /**
     * Says which one of several specifications is wrong.
     *
     * @param index its place in the call, 0 first
     * @param fault what is wrong with it; kept as the cause
     */
    public ValidationException(int index, ValidationException fault) {
        super("validation", "job " + (index + 1) + " of the call: " + fault.getMessage(), fault);
        this.index = index;
        payloadProblems = fault.payloadProblems;
    }

    /**
     * Which one of several specifications is wrong.
     *
     * @return its place in the call, 0 first; -1 if there was one alone, or it lies in how they go together
     */
    public int index() {
        return index;
    }

    /**
     * What the schema of a type refuses in the payload, each by itself; the message has them all.
     *
     * @return what is wrong; none if it is not the payload
     */
    public List<String> payloadProblems() {
        return payloadProblems;
    }
}
