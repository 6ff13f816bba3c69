// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.Fire;
import io.jobyard.api.JobSpecification;
import org.jspecify.annotations.Nullable;

/**
 * Job that the host itself creates, for example for a scheduled time.
 *
 * @param fire scheduled time; null for a job without a schedule
 * @param specification specification of the job
 */
public record FiredJob(@Nullable Fire fire, JobSpecification specification) {}
