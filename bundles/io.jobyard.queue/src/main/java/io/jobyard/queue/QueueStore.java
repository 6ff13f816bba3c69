// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.JobReads;
import io.jobyard.api.spi.JobStore;
import io.jobyard.api.spi.LimitStore;

/**
 * What the queue needs of the store.
 *
 * @param jobs starts jobs
 * @param reads has the lanes' jobs in order
 * @param limits remembers the use of limits, and pauses
 */
public record QueueStore(JobStore jobs, JobReads reads, LimitStore limits) {}
