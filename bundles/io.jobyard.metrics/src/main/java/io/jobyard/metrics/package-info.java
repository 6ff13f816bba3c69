// SPDX-License-Identifier: Apache-2.0
/** Meters of jobs, schedules, limits and the host. */
@org.jspecify.annotations.NullMarked
package io.jobyard.metrics;
