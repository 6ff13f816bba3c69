// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

/**
 * Times of a run that completed or failed.
 *
 * @param takenAt time at which the job was claimed; 0 if unknown
 * @param tookNanos time from the handler's first line to the end; 0 if the handler did not begin
 * @param now the current time
 */
record EndedRun(long takenAt, long tookNanos, long now) {}
