// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * One change of one job, for listeners and followers; also part of the job's history.
 *
 * @param cursor its position among all events
 * @param submitter user or bundle that submitted the job
 * @param queue the job's queue at that time: that of the run, otherwise the requested one, otherwise the one that its type was routed to;
 *     null if the host did not know the route yet
 * @param change the change; from and to are equal if the job's terms were changed
 */
public record JobEvent(
        EventCursor cursor,
        JobId job,
        String type,
        String submitter,
        @Nullable String queue,
        HistoryEvent change) {}
