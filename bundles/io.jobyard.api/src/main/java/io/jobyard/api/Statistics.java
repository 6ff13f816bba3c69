// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of all stored jobs.
 *
 * @param byStatus number of jobs by status, including zero
 * @param byPriority number of jobs by priority
 * @param queuedByPriority number of ready jobs by priority; they wait for a worker or a gate
 * @param byQueue number of jobs by queue: the queue in which they run or ran, otherwise the requested queue, otherwise the queue that the
 * type is routed to now
 * @param bySubmitter number of jobs by submitter; only the caller itself if it may not see others' jobs
 * @param oldestReady time since the oldest ready job became ready; null without ready jobs
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
