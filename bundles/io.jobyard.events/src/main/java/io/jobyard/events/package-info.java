// SPDX-License-Identifier: Apache-2.0
/** Publishers of job, schedule, limit and backlog events to Event Admin. */
@org.jspecify.annotations.NullMarked
package io.jobyard.events;
