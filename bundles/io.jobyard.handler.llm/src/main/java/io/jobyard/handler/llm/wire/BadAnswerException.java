// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/** An answer that does not match the wire format. Its message quotes nothing of the answer. */
public final class BadAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadAnswerException(String message) {
        super(message);
    }
}
