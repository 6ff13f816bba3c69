// SPDX-License-Identifier: Apache-2.0
/** Admission of jobs, and every decision in their life cycle. */
@org.jspecify.annotations.NullMarked
package io.jobyard.scheduler;
