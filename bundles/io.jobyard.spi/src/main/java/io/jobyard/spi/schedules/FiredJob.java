// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.Fire;
import io.jobyard.api.JobSpecification;
import org.jspecify.annotations.Nullable;

/**
 * A job that the host is to make by itself, such as for a time of a schedule.
 *
 * @param fire the time; null for a job that no schedule makes
 * @param specification what is asked for then
 */
public record FiredJob(@Nullable Fire fire, JobSpecification specification) {}
