// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a job, or a wait, as it is stored. Its value is asked for by {@link StatusReporter#stepValue}.
 *
 * @param number its place among the steps of the job, from 1, in the order in which the handler calls them
 * @param children the jobs that it waits for, or waited for
 * @param characters how long its value is as JSON; 0 if it has none
 * @param droppedAfter the number of the job's latest run when a retry dropped the step; 0 for one that counts
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
     * When a step was done, or a wait took place.
     *
     * @param startedAt when its work, or the wait, began
     * @param endedAt when it was over; null for a wait that is not
     * @param until when a wait is over at the latest; null for work
     * @param timedOut whether a wait for a signal or an answer ended by its time, without either
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
