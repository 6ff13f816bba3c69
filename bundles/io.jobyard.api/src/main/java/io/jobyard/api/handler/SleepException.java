// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler that releases its worker for a while, for example to wait for something outside: the job sleeps and then runs again,
 * from the handler's first line. It is not a failure and does not count as an attempt, so a job may sleep any number of times; {@code
 * expires} limits all of them together. The handler must store state for the next run elsewhere.
 */
public class SleepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * Creates the exception.
     *
     * @param delay from now to the next run; not negative
     */
    public SleepException(Duration delay) {
        this(null, delay);
    }

    /**
     * Creates the exception with a reason.
     *
     * @param why for the person who reads the job's history; null for none
     * @param delay from now to the next run; not negative
     */
    public SleepException(@Nullable String why, Duration delay) {
        super(why, null, false, false); // it reports no fault, so its stack is useless
        this.delay = delay;
    }

    /** {@return the delay from the end of this run to the next} */
    public Duration delay() {
        return delay;
    }
}
