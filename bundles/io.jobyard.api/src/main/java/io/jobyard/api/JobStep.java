// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stored step or wait of a job. {@link StatusReporter#stepValue} returns its value.
 *
 * @param number its index among the steps of the job, from 1, in the order of the handler's calls
 * @param children jobs that the wait waits for or has waited for
 * @param characters length of its value as JSON, in characters; 0 for none
 * @param droppedAfter number of the job's latest run when a retry dropped the step; 0 for a valid step
 */
public record JobStep(
        int number,
        String name,
        StepKind kind,
        int run,
        StepTimes times,
        List<JobId> children,
        int characters,
        int droppedAfter) {

    /**
     * Times of a step or a wait.
     *
     * @param startedAt time at which its work, or the wait, began
     * @param endedAt time at which the step or the wait ended; null if it has not ended
     * @param until timeout of a wait; null for work
     * @param timedOut whether a wait for a signal or an answer timed out
     */
    public record StepTimes(
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant until,
            boolean timedOut) {}

    public JobStep {
        children = List.copyOf(children);
    }
}
