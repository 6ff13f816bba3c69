// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures for all stored jobs.
 *
 * @param byStatus number of jobs by status, including zero
 * @param byPriority number of jobs by priority
 * @param queuedByPriority number of ready jobs, which wait for a worker or a gate, by priority
 * @param byQueue number of jobs by queue: the one they run or ran in, otherwise the requested one, otherwise the one their type is routed
 *     to now
 * @param bySubmitter number of jobs by submitter; only the caller's own if the caller may see no others
 * @param oldestReady how long the oldest ready job has been ready; null without ready jobs
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
