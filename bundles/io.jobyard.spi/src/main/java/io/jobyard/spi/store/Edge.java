// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;

/**
 * Dependency with a finished parent, which must be released.
 *
 * @param parent dependency of the child
 * @param child waiting job
 */
public record Edge(JobId parent, JobStatus outcome, JobId child) {}
