// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.schedules;

import io.jobyard.api.Fire;
import io.jobyard.api.JobSpecification;

/**
 * A job that is to be made for a time of a schedule.
 *
 * @param fire the time
 * @param specification what is asked for then
 */
public record FiredJob(Fire fire, JobSpecification specification) {}
