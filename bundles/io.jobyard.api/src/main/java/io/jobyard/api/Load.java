// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * Number of jobs on a host at one moment of the last fifteen minutes. Kept in memory: it starts from zero when the host starts.
 *
 * @param queued number of ready jobs
 * @param running number of running jobs
 */
public record Load(Instant at, long queued, long running) {}
