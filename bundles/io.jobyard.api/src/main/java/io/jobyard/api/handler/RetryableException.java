// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown by a handler to say when the next attempt makes sense. It counts as an attempt. */
public class RetryableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * Says what is wrong, and when to try again.
     *
     * @param message for the person who reads the job's error
     * @param delay from now to the next attempt; not negative
     * @param cause what lies under it; null if nothing does
     */
    public RetryableException(String message, Duration delay, @Nullable Throwable cause) {
        super(message, cause);
        this.delay = delay;
    }

    /**
     * When to try again.
     *
     * @return from the failure to the next attempt
     */
    public Duration delay() {
        return delay;
    }
}
