// SPDX-License-Identifier: Apache-2.0
/** Admission of jobs, and every decision in a job's life. */
@org.jspecify.annotations.NullMarked
package io.jobyard.scheduler;
