// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What jobs did lately. Kept in memory: it begins anew when the host starts.
 *
 * @param byQueue by queue: the one asked for, else the one their type is routed to now; of at most 100 pairs of queue
 *     and type at a time
 * @param byType by type; of as many
 */
public record Activity(Lately all, Map<String, Lately> byQueue, Map<String, Lately> byType) {

    /**
     * What some jobs did.
     *
     * @param submitted jobs that were admitted
     * @param started runs that began, repeated ones among them
     * @param failed jobs that failed for good
     * @param waits from becoming ready to the start; a run that was given back does not count a second time
     * @param runs from the handler's first line to the end of the run, whatever came of it
     */
    public record Lately(
            Rates submitted, Rates started, Rates completed, Rates failed, Rates cancelled, Times waits, Times runs) {}

    /**
     * How often something happened, per minute on average. A host that is up for less counts the time before as idle.
     *
     * @param oneMinute over the last minute
     * @param fiveMinutes over the last five minutes
     * @param fifteenMinutes over the last fifteen minutes
     */
    public record Rates(double oneMinute, double fiveMinutes, double fifteenMinutes) {}

    /**
     * How long something took in about the last fifteen minutes, to within one percent.
     *
     * @param count how often it was measured; if never, the others are null
     * @param p50 half took no longer
     * @param p95 19 of 20 took no longer
     * @param p99 99 of 100 took no longer
     * @param max the longest
     */
    public record Times(
            long count,
            @Nullable Duration p50,
            @Nullable Duration p95,
            @Nullable Duration p99,
            @Nullable Duration max) {}
}
