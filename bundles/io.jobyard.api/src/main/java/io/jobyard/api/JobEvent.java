// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Change of a job, for listeners and followers. The history of the job also contains it.
 *
 * @param cursor position among all events
 * @param submitter user or bundle that submitted the job
 * @param queue queue of the job at that time: the queue of the run, otherwise the requested queue, otherwise the queue that the type was
 * routed to; null if the host did not know the route yet
 * @param change the change; its {@code from} and {@code to} are equal if only the terms were changed
 */
public record JobEvent(
        EventCursor cursor,
        JobId job,
        String type,
        String submitter,
        @Nullable String queue,
        HistoryEvent change) {}
