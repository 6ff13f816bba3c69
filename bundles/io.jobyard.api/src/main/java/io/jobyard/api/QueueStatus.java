// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it was at one moment.
 *
 * @param pause who paused it; null if nobody has
 * @param shutBy why nothing of it starts now; empty if it is open
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
     * The jobs of a queue.
     *
     * @param queued how many ready jobs stand in it
     * @param oldestReady how long the oldest of them has been ready; null if there is none
     * @param running how many of its jobs run
     */
    public record QueueJobs(long queued, @Nullable Duration oldestReady, int running) {}

    /**
     * What a queue takes and lets start.
     *
     * @param types the job types that are routed here when a job asks for no queue; {@code *} stands for any characters
     * @param runningMax how many may run at once; null for any number
     * @param rate how many may start in which time, such as {@code 60/m burst 10}; null for any number
     * @param source what says what it is: {@code file}, or {@code stored} of one that was made while the host ran; null if nothing does
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
