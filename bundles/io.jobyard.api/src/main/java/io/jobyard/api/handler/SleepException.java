// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler that releases its worker for a while, for example to wait for an external system. The job sleeps and then runs again,
 * from the handler's first line. This does not count as an attempt, so a job may sleep any number of times; {@code expires} limits the
 * total time. The handler must store state for the next run elsewhere.
 */
public class SleepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * Creates the exception.
     *
     * @param delay delay from now to the next run; not negative
     */
    public SleepException(Duration delay) {
        this(null, delay);
    }

    /**
     * Creates the exception with a reason.
     *
     * @param why reason for the history of the job; null for none
     * @param delay delay from now to the next run; not negative
     */
    public SleepException(@Nullable String why, Duration delay) {
        super(why, null, false, false); // no stack trace, because it reports no fault
        this.delay = delay;
    }

    /** {@return the delay from the end of this run to the next} */
    public Duration delay() {
        return delay;
    }
}
