// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * One change of one job, as all who follow the jobs hear of it. It stands in the job's history too.
 *
 * @param cursor its place among all events
 * @param job the job's id
 * @param type the job's type
 * @param submitter who asked for the job
 * @param change what changed; from and to are the same when somebody changed the job's terms
 */
public record JobEvent(EventCursor cursor, JobId job, String type, String submitter, HistoryEvent change) {}
