// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers over all jobs the store holds.
 *
 * @param byStatus jobs by status; every status is there
 * @param byPriority jobs by level
 * @param queuedByPriority ready jobs, which wait for a worker or a gate, by level
 * @param byQueue jobs by queue: the one they run or ran in, else the one asked for, else the one their type is routed to now
 * @param bySubmitter jobs by who asked for them; only the caller's own if that is all the caller may see
 * @param oldestReady how long the oldest ready job has been ready; null if none is
 */
public record Statistics(
        long total,
        Map<JobStatus, Long> byStatus,
        Map<Integer, Long> byPriority,
        Map<Integer, Long> queuedByPriority,
        Map<String, Long> byQueue,
        Map<String, Long> byType,
        Map<String, Long> bySubmitter,
        @Nullable Duration oldestReady) {}
