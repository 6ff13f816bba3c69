// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;

/**
 * A dependency with a final parent, which must be released.
 *
 * @param parent the awaited job
 * @param child the waiting job
 */
public record Edge(JobId parent, JobStatus outcome, JobId child) {}
