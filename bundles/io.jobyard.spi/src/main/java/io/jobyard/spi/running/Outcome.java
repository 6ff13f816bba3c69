// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.running;

import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Result of a run. */
public sealed interface Outcome {

    /**
     * The handler returned.
     *
     * @param result a JSON object
     */
    record Completed(String result) implements Outcome {}

    /**
     * The handler failed.
     *
     * @param error description, for people
     * @param permanent whether another attempt would fail in the same way
     * @param retryAfter delay before the next attempt that the handler requests; null if the host decides
     */
    record Failed(String error, boolean permanent, @Nullable Duration retryAfter) implements Outcome {}

    /**
     * The run exceeded its timeout, or its handler's heartbeat was missing.
     *
     * @param limit timeout, or the longest time without a heartbeat
     * @param silent whether the heartbeat was missing
     * @param storedStep whether the run has stored a new step
     */
    record TimedOut(Duration limit, boolean silent, boolean storedStep) implements Outcome {

        /** The run exceeded its timeout. */
        public TimedOut(Duration limit) {
            this(limit, false, false);
        }
    }

    /**
     * The run exceeded its timeout after it had stored new steps, so it does not count as an attempt.
     *
     * @param why reason, in words
     */
    record Progressed(String why) implements Outcome {}

    /** The deadline of the job passed during the run. */
    record PastDeadline() implements Outcome {}

    /**
     * The handler ended the host's process.
     *
     * @param error description, for people
     */
    record Crashed(String error) implements Outcome {}

    /**
     * The handler exceeded a provider's limit; the attempt does not count.
     *
     * @param retryAfter delay from the end of the run to the next run
     */
    record RateLimited(Duration retryAfter, String error) implements Outcome {}

    /**
     * The handler released its worker for a while; the attempt does not count.
     *
     * @param delay delay from the end of the run to the next run
     * @param why reason, in words; null for none
     * @param moves whether the job leaves the handler version, which did not begin, for another version
     */
    record Slept(Duration delay, @Nullable String why, boolean moves) implements Outcome {

        /** Creates the outcome of a job that keeps its handler version. */
        public Slept(Duration delay, @Nullable String why) {
            this(delay, why, false);
        }
    }

    /** The handler waits without a worker; the attempt does not count. */
    record WaitsFor(StoredStep on) implements Outcome {}

    /**
     * The limits of the job do not allow the handler's next call now. The attempt does not count, and the job is ready again.
     *
     * @param estimate amounts that the next start takes, by unit; other units of the estimate remain
     * @param why reason, in words
     */
    record AwaitsLimits(Map<String, Double> estimate, String why) implements Outcome {

        public AwaitsLimits {
            estimate = Map.copyOf(estimate);
        }
    }

    /** The handler ended after a cancel of the job. */
    record Cancelled() implements Outcome {}

    /**
     * The run ended, or never began, for a reason outside the job; the attempt does not count.
     *
     * @param why reason, in words
     */
    record GivenBack(String why) implements Outcome {}
}
