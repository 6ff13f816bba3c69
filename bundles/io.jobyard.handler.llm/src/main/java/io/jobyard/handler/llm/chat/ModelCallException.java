// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;

/** Thrown if a call has failed. */
final class ModelCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException forTheRun;
    private final boolean isElsewherePossible;

    /**
     * Creates the exception with the outcome of the run.
     *
     * @param forTheRun exception for the run: a {@link PermanentException}, {@link RetryableException} or {@link RateLimitedException}
     * @param isElsewherePossible whether another endpoint may be asked immediately
     */
    ModelCallException(RuntimeException forTheRun, boolean isElsewherePossible) {
        super(forTheRun.getMessage(), forTheRun);
        this.forTheRun = forTheRun;
        this.isElsewherePossible = isElsewherePossible;
    }

    boolean isElsewherePossible() {
        return isElsewherePossible;
    }

    RuntimeException forTheRun() {
        return forTheRun;
    }

    /** Returns the same outcome for the case that another endpoint has also failed. */
    ModelCallException after(ModelCallException other) {
        String message = getMessage() + "; then " + other.getMessage();
        if (forTheRun instanceof RateLimitedException limited) {
            return new ModelCallException(new RateLimitedException(message, limited.retryAfter(), other), false);
        }
        if (forTheRun instanceof RetryableException retryable) {
            return new ModelCallException(new RetryableException(message, retryable.delay(), other), false);
        }
        return new ModelCallException(new PermanentException(message, other), false);
    }
}
