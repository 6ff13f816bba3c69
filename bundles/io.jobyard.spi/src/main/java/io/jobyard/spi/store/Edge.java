// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;

/**
 * A dependency whose parent is final, and which is therefore to be released.
 *
 * @param parent the job that was waited for
 * @param child the job that waits
 */
public record Edge(JobId parent, JobStatus outcome, JobId child) {}
