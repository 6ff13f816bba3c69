// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler that exceeded a provider's limit and knows the time of the next call, for example after HTTP status 429. The job
 * waits and then runs again. This does not count as an attempt, so it may happen any number of times; {@code expires} limits the total
 * time.
 */
public class RateLimitedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * Creates the exception.
     *
     * @param message error text for users; it names the limit
     * @param retryAfter delay from now to the next run; not negative
     * @param cause the underlying exception; null for none
     */
    public RateLimitedException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** {@return the delay from the end of this run to the next} */
    public Duration retryAfter() {
        return retryAfter;
    }
}
