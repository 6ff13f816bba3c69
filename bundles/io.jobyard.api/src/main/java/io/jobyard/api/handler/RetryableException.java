// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown by a handler to set the time of the next attempt. The failed run counts as an attempt. */
public class RetryableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * Creates the exception.
     *
     * @param message error text for users
     * @param delay delay from now to the next attempt; not negative
     * @param cause the underlying exception; null for none
     */
    public RetryableException(String message, Duration delay, @Nullable Throwable cause) {
        super(message, cause);
        this.delay = delay;
    }

    /** {@return the delay from the failure to the next attempt} */
    public Duration delay() {
        return delay;
    }
}
