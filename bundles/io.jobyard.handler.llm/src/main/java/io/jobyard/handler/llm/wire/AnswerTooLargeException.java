// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/** Thrown if an answer has more bytes than its endpoint allows. Reading ends there. */
public final class AnswerTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AnswerTooLargeException(int maxBytes) {
        super("the answer is larger than " + maxBytes + " bytes (max.answer.bytes)");
    }
}
