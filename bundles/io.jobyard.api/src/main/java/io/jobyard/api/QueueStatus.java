// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of a queue.
 *
 * @param pause pause of the queue; null for none
 * @param shutBy reasons why none of its jobs starts now; empty if the queue is open
 */
public record QueueStatus(
        String name,
        QueueJobs jobs,
        QueueBounds bounds,
        @Nullable Pause pause,
        List<Blocker> shutBy) {

    public QueueStatus {
        shutBy = List.copyOf(shutBy);
    }

    /**
     * Jobs of a queue.
     *
     * @param queued number of ready jobs
     * @param oldestReady time since the oldest ready job became ready; null without ready jobs
     * @param running number of running jobs
     */
    public record QueueJobs(long queued, @Nullable Duration oldestReady, int running) {}

    /**
     * Settings of a queue.
     *
     * @param types job types that are routed to it if a job requests no queue; {@code *} stands for any characters
     * @param runningMax largest number of simultaneous runs; null for no limit
     * @param rate starts per time, for example {@code 60/m burst 10}; null for no limit
     * @param source origin of the definition: {@code file}, or {@code stored} if it was created at run time; null without a definition
     */
    public record QueueBounds(
            List<String> types,
            @Nullable Integer runningMax,
            @Nullable String rate,
            @Nullable String source) {

        public QueueBounds {
            types = List.copyOf(types);
        }
    }
}
