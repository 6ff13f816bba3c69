// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobStore;

/**
 * What the queue needs of the store.
 *
 * @param jobs starts jobs
 * @param reads has the lanes' jobs in order
 * @param limits remembers the use of limits
 * @param audit is told what the queue decides by itself
 */
public record QueueStore(JobStore jobs, JobReads reads, LimitStore limits, AuditStore audit) {}
