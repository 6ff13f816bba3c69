// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recent activity of jobs. Kept in memory: it starts from zero when the host starts.
 *
 * @param byQueue activity by queue: the requested queue, otherwise the queue that the type is routed to now; at most 100 pairs of queue and
 * type at a time
 * @param byType activity by type, for the same pairs
 */
public record Activity(Lately all, Map<String, Lately> byQueue, Map<String, Lately> byType) {

    /**
     * Recent activity of some jobs.
     *
     * @param submitted jobs that were admitted
     * @param started runs that began, including repeated runs
     * @param failed jobs that failed permanently
     * @param waits durations from ready to the start of a run; for a requeued run, only the first wait counts
     * @param runs durations from the handler's first line to the end of the run, whatever its result
     */
    public record Lately(
            Rates submitted, Rates started, Rates completed, Rates failed, Rates cancelled, Times waits, Times runs) {}

    /**
     * Average rate of an event per minute. Time before the start of the host counts as idle.
     *
     * @param oneMinute over the last minute
     * @param fiveMinutes over the last five minutes
     * @param fifteenMinutes over the last fifteen minutes
     */
    public record Rates(double oneMinute, double fiveMinutes, double fifteenMinutes) {}

    /**
     * Distribution of a duration over about the last fifteen minutes, accurate to one percent.
     *
     * @param count number of measurements; if 0, the other values are null
     * @param p50 median
     * @param p95 95th percentile
     * @param p99 99th percentile
     * @param max longest duration
     */
    public record Times(
            long count,
            @Nullable Duration p50,
            @Nullable Duration p95,
            @Nullable Duration p99,
            @Nullable Duration max) {}
}
