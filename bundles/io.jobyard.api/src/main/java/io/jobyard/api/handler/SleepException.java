// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler that gives its worker back for a while, as when it waits for something outside: the job sleeps
 * and then runs again, from the handler's first line. It is no failure and does not count as an attempt, so a job may
 * sleep any number of times; {@code expires} bounds them all. What the next run must know the handler keeps outside.
 */
public class SleepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * Says how long to sleep.
     *
     * @param delay from now to the next run; not negative
     */
    public SleepException(Duration delay) {
        this(null, delay);
    }

    /**
     * Says how long to sleep, and why.
     *
     * @param why for the person who reads the job's history; null if there is nothing to say
     * @param delay from now to the next run; not negative
     */
    public SleepException(@Nullable String why, Duration delay) {
        super(why, null, false, false); // it tells no fault, so where it was thrown helps nobody
        this.delay = delay;
    }

    /**
     * How long to sleep.
     *
     * @return from the end of this run to the next
     */
    public Duration delay() {
        return delay;
    }
}
