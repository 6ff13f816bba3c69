// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * One change of one job, as all who follow the jobs hear of it. It stands in the job's history too.
 *
 * @param cursor its place among all events
 * @param submitter who asked for the job
 * @param queue the queue that the job was in then: the one it ran in, else the one it asked for, else the one that its type was routed
 *     to; null if the host did not know the route yet
 * @param change what changed; from and to are the same when somebody changed the job's terms
 */
public record JobEvent(
        EventCursor cursor,
        JobId job,
        String type,
        String submitter,
        @Nullable String queue,
        HistoryEvent change) {}
